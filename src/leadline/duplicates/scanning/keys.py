"""The keys under which records meet, kept in a table of their own: a later scan looks at changes only."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from leadline.core.sets import array_of
from leadline.customers.likeness import Features, keys_of
from leadline.customers.likeness.features import features
from leadline.customers.likeness.providers import providers

TABLES = {"customer": "customers_customer", "contact": "customers_contact"}
_OFFSET = 2**31  # keys are unsigned, the column is not
_BLOCKS = f"SELECT key::bigint + {_OFFSET}, array_agg(record_id) FROM {{table}}"
_COLUMNS = {
    "customer": "id, name_key, email, phone, website, address, city, postcode, country, 0",
    "contact": "id, name_key, email, phone, '', '', '', '', '', customer_id",
}


def read(kind: str, *, after: int, limit: int) -> list[Features]:
    """The next records of a kind by their ids; archived ones are left out."""
    return _read(kind, "id > %s AND archived_at IS NULL ORDER BY id LIMIT %s", [after, limit])


def read_those(kind: str, ids: Iterable[int]) -> dict[int, Features]:
    """Some records by their ids, without those that are archived."""
    found = _read(kind, "id = ANY(%s::bigint[]) AND archived_at IS NULL", [array_of(sorted(ids))])
    return {each.id: each for each in found}


def keep(kind: str, records: Sequence[Features]) -> int:
    """Write the keys of records; returns how many."""
    rows = [f"{key - _OFFSET}\t{record.id}\n" for record in records for key in set(keys_of(record))]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table(kind)} (key, record_id) FROM STDIN") as copy,
    ):
        copy.write("".join(rows))
    return len(rows)


def forget(kind: str, ids: Sequence[int]) -> None:
    """Take the keys of records away, as they changed or are gone."""
    _run(f"DELETE FROM {table(kind)} WHERE record_id = ANY(%s::bigint[])", [array_of(ids)])


def hold(kind: str) -> None:
    """Keep the scans of a kind from writing at the same time, until this transaction ends."""
    _run("SELECT pg_advisory_xact_lock(hashtext(%s))", [table(kind)])


def begin(kind: str) -> None:
    """Empty the table, without its indexes: they are made at once when it is filled."""
    _run(f"DROP INDEX IF EXISTS {table(kind)}_blocks, {table(kind)}_records")
    _run(f"TRUNCATE {table(kind)}")


def finish(kind: str) -> None:
    """Make the indexes, in which blocks stand together."""
    _run(f"CREATE INDEX {table(kind)}_blocks ON {table(kind)} (key, record_id)")
    _run(f"CREATE INDEX {table(kind)}_records ON {table(kind)} (record_id)")
    _run(f"ANALYZE {table(kind)}")


def blocks(kind: str, *, after: int | None, limit: int) -> list[tuple[int, list[int]]]:
    """The next keys that several records share, with these."""
    return _ask(
        f"{_BLOCKS.format(table=table(kind))} WHERE key > %s GROUP BY key HAVING count(*) > 1"
        " ORDER BY key LIMIT %s",
        [-_OFFSET - 1 if after is None else after - _OFFSET, limit],
    )


def blocks_of(kind: str, records: Iterable[Features]) -> list[tuple[int, list[int]]]:
    """The blocks in which some records meet others."""
    keys = {key - _OFFSET for record in records for key in keys_of(record)}
    return _ask(
        f"{_BLOCKS.format(table=table(kind))} WHERE key = ANY(%s::int[]) GROUP BY key HAVING count(*) > 1"
        " ORDER BY key",
        [array_of(sorted(keys))],
    )


def is_empty(kind: str) -> bool:
    """Whether there are no keys: never scanned, or lost with an unclean stop, as the table is not logged."""
    return not _ask(f"SELECT 1 FROM {table(kind)} LIMIT 1", [])


def table(kind: str) -> str:
    """The table of a kind's keys."""
    return f"duplicates_key_{kind}"


def _read(kind: str, where: str, values: list[Any]) -> list[Features]:
    sql = f"SELECT {_COLUMNS[kind]} FROM {TABLES[kind]} WHERE {where}"
    shared = providers()
    found = (features(*row) for row in _ask(sql, values))
    return [each._replace(domain="") if each.domain in shared else each for each in found]


def _ask(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _run(sql: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
