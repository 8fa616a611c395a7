"""What records are compared by, with the keys under which they meet, kept in a table: a later scan looks at
changes only.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from leadline.core.sets import array_of
from leadline.customers.likeness import Features, keys_of
from leadline.customers.likeness.features import PARTS, features
from leadline.customers.likeness.providers import providers

TABLES = {"customer": "customers_customer", "contact": "customers_contact"}
_COLUMNS = {
    "customer": "id, name_key, email, phone, website, address, city, postcode, country, 0",
    "contact": "id, name_key, email, phone, '', '', '', '', '', customer_id",
}
_KEPT = "record_id, name, email, phone, domain, address, city, postcode, country, within"
_KEYS = ", ".join(f"{part}_key" for part in PARTS)
_FEWEST = -(2**31)


def read(kind: str, *, after: int, limit: int) -> list[Features]:
    """The next records of a kind by their ids; archived ones are left out."""
    return _read(kind, "id > %s AND archived_at IS NULL ORDER BY id LIMIT %s", [after, limit])


def read_those(kind: str, ids: Iterable[int]) -> list[Features]:
    """Some records by their ids, without those that are archived."""
    return _read(kind, "id = ANY(%s::bigint[]) AND archived_at IS NULL", [array_of(sorted(ids))])


def keep(kind: str, records: Sequence[Features]) -> None:
    """Write down what records are compared by, and their keys."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table(kind)} ({_KEPT}, {_KEYS}) FROM STDIN") as copy,
    ):
        for record in records:
            copy.write_row((*record, *keys_of(record)))


def forget(kind: str, ids: Iterable[int]) -> None:
    """Take records away, as they changed or are gone."""
    _run(f"DELETE FROM {table(kind)} WHERE record_id = ANY(%s::bigint[])", [array_of(ids)])


def hold(kind: str) -> None:
    """Keep the scans of a kind from writing at the same time, until this transaction ends."""
    _run("SELECT pg_advisory_xact_lock(hashtext(%s))", [table(kind)])


def begin(kind: str) -> None:
    """Empty the table, without its indexes: they are made at once when it is filled."""
    for part in PARTS:
        _run(f"DROP INDEX IF EXISTS {table(kind)}_{part}")
    _run(f"DROP INDEX IF EXISTS {table(kind)}_id")
    _run(f"TRUNCATE {table(kind)}")


def finish(kind: str) -> None:
    """Make the indexes, in which those stand together that meet."""
    for part in PARTS:
        _run(f"CREATE INDEX {table(kind)}_{part} ON {table(kind)} ({part}_key)")
    _run(f"CREATE INDEX {table(kind)}_id ON {table(kind)} (record_id)")
    _run(f"ANALYZE {table(kind)}")


def next_key(kind: str, part: str, *, after: int | None, limit: int) -> int | None:
    """Up to which key about as many records stand; None if there are no more than that."""
    column = f"{part}_key"
    found = _ask(
        f"SELECT {column} FROM {table(kind)} WHERE {column} > %s ORDER BY {column} OFFSET %s LIMIT 1",
        [_FEWEST if after is None else after, limit],
    )
    return found[0][0] if found else None


def together(kind: str, part: str, *, after: int | None, upto: int | None) -> Iterator[list[Features]]:
    """The records that stand together under the keys of a part, from one key to another."""
    column = f"{part}_key"
    return _groups(
        kind,
        part,
        f"{column} > %s AND {column} <= %s",
        [_FEWEST if after is None else after, -_FEWEST if upto is None else upto],
    )


def together_with(kind: str, part: str, records: Iterable[Features]) -> Iterator[list[Features]]:
    """Some records with those that stand under their keys of a part."""
    at = PARTS.index(part)
    keys = {key for record in records if (key := keys_of(record)[at]) is not None}
    return _groups(kind, part, f"{part}_key = ANY(%s::int[])", [array_of(keys)])


def is_empty(kind: str) -> bool:
    """Whether there are none: never scanned, or lost with an unclean stop, as the table is not logged."""
    return not _ask(f"SELECT 1 FROM {table(kind)} LIMIT 1", [])


def table(kind: str) -> str:
    """The table of a kind's records."""
    return f"duplicates_record_{kind}"


def _groups(kind: str, part: str, where: str, values: list[Any]) -> Iterator[list[Features]]:
    column = f"{part}_key"
    rows = _ask(
        f"SELECT {column}, {_KEPT} FROM (SELECT *, count(*) OVER (PARTITION BY {column}) AS together"
        f" FROM {table(kind)} WHERE {where}) AS met WHERE together > 1 ORDER BY {column}, record_id",
        values,
    )
    for _key, group in groupby(rows, key=itemgetter(0)):
        yield [Features._make(row[1:]) for row in group]


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
