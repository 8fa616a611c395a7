"""Big tables stand in monthly partitions by the moment `at` (UTC), with one more for the rest.

The database itself is the register: a table made by `partitioned_table` carries a mark in its comment.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, migrations, transaction

from leadline.core import clock

MARK = "leadline: partitioned by month of at"
_LOCK = "leadline.partitions"
_STANDING = """
SELECT part.relname, greatest(part.reltuples, 0)::bigint, pg_total_relation_size(part.oid)
  FROM pg_inherits JOIN pg_class part ON part.oid = inhrelid
 WHERE inhparent = %s::regclass AND part.relname ~ '_[0-9]{4}_[0-9]{2}$'
   AND pg_relation_size(part.oid) > 0 ORDER BY 1
"""


COUNTED_IN_REST = 10_000
_MONTHS_IN_REST = """
WITH RECURSIVE found AS (
   (SELECT date_trunc('month', at AT TIME ZONE 'UTC') AS month FROM {rest} ORDER BY at LIMIT 1)
    UNION ALL
    SELECT (SELECT date_trunc('month', at AT TIME ZONE 'UTC') FROM {rest}
             WHERE at >= (found.month + interval '1 month') AT TIME ZONE 'UTC' ORDER BY at LIMIT 1)
      FROM found WHERE found.month IS NOT NULL
)
SELECT month::date FROM found WHERE month IS NOT NULL ORDER BY 1
"""
_IN_REST = "SELECT count(*) FROM (SELECT FROM {rest} WHERE at >= %s AND at < %s LIMIT %s) counted"


@dataclass(frozen=True)
class StandingMonth:
    """A month that has a partition; `rows` as last counted, `size` in bytes with indexes."""

    month: date
    rows: int
    size: int


@dataclass(frozen=True)
class RestingMonth:
    """A month without a partition of its own; `has_more` than the `rows` that were counted."""

    month: date
    rows: int
    has_more: bool


@dataclass(frozen=True)
class Rest:
    """The partition for the rest: its months, and its size in bytes with indexes, which they share."""

    months: list[RestingMonth]
    size: int


def partitioned_table(name: str, sql: str) -> migrations.RunSQL:
    """The migration operation that makes a partitioned table and its partition for the rest.

    `sql` is CREATE TABLE … PARTITION BY RANGE (at) with its indexes; `at` is in the primary key.
    """
    marked = f"COMMENT ON TABLE {name} IS '{MARK}';"
    rest = f"CREATE TABLE {name}_rest PARTITION OF {name} DEFAULT;"
    return migrations.RunSQL(f"{sql.strip().removesuffix(';')};\n{marked}\n{rest}", f"DROP TABLE {name}")


def index_concurrently(name: str, table: str, definition: str) -> migrations.RunPython:
    """The migration operation that indexes a partitioned table while others write to it (INT-7).

    `definition` is what follows the table: `(at, id) WHERE …`, `USING brin (actor_id)`. The migration is not
    atomic; broken off, it goes on where it stopped.
    """

    def make(_apps: Any, _editor: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON ONLY {table} {definition}")
            for partition in _partitions(table):
                _index_partition(name, partition, f"{partition}{name.removeprefix(table)}", definition)

    def remove(_apps: Any, _editor: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {name}")

    return migrations.RunPython(make, remove)


def _index_partition(name: str, partition: str, index: str, definition: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indisvalid, c.relispartition FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid"
            " WHERE c.relname = %s AND pg_table_is_visible(c.oid)",
            [index],
        )
        is_valid, is_attached = cursor.fetchone() or (None, False)
        if is_valid is False:  # what an attempt left that was broken off
            cursor.execute(f"DROP INDEX CONCURRENTLY {index}")
        if not is_valid:
            cursor.execute(f"CREATE INDEX CONCURRENTLY {index} ON {partition} {definition}")
        if not is_attached:
            cursor.execute(f"ALTER INDEX {name} ATTACH PARTITION {index}")


def _partitions(table: str) -> list[str]:
    """The names of all partitions that a table has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass ORDER BY 1",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def ensure_partitions(months_ahead: int = 3, back_to: date | None = None) -> list[str]:
    """Make the partitions from `back_to` (default this month) up to some months ahead; names the new ones.

    Rows that waited in the partition for the rest move into a new one of theirs. May be called any
    number of times and by several processes at once.
    """
    first = month_of(back_to or clock.now().date())
    last = month_after(month_of(clock.now().date()), months_ahead)
    made = []
    for table in partitioned_tables():
        made += _ensure(table, list(_months(first, last)))
    return made


def months_of(table: str) -> list[StandingMonth]:
    """The months whose partition holds anything, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [table])
        return [
            StandingMonth(date(int(name[-7:-3]), int(name[-2:]), 1), rows, size)
            for name, rows, size in cursor.fetchall()
        ]


def months_in_rest(table: str) -> list[date]:
    """The months of rows that wait in the partition for the rest, the oldest first.

    It leaps from month to month by an index that begins with `at`, which the table should have.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS_IN_REST.format(rest=f"{table}_rest"))
        return [month for (month,) in cursor.fetchall()]


def rest_of(table: str) -> Rest:
    """What waits in the partition for the rest, the oldest month first; of each up to so many are counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [f"{table}_rest"])
        (size,) = cursor.fetchone()
        months = []
        for month in months_in_rest(table):
            cursor.execute(_IN_REST.format(rest=f"{table}_rest"), [*bounds_of(month), COUNTED_IN_REST + 1])
            (rows,) = cursor.fetchone()
            months.append(RestingMonth(month, min(rows, COUNTED_IN_REST), rows > COUNTED_IN_REST))
    return Rest(months, size if months else 0)


def ensure_month(table: str, month: date) -> str:
    """Make the partition of one month, however long ago; returns its name. Rows of the rest move there."""
    _ensure(table, [month])
    return partition_of(table, month)


def drop_month(table: str, month: date) -> None:
    """Detach the partition of a month and drop it with its rows, in the caller's transaction.

    It waits until nobody asks the table; set `lock_timeout` so that others don't wait behind it.
    """
    name = partition_of(table, month)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DETACH PARTITION {name}")
        cursor.execute(f"DROP TABLE {name}")


def bounds_of(month: date) -> list[str]:
    """The moments at which a month begins and ends, in UTC."""
    return [f"{month} 00:00:00+00", f"{month_after(month, 1)} 00:00:00+00"]


def partitioned_tables() -> list[str]:
    """The names of all tables that stand in monthly partitions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid"
            " WHERE pg_table_is_visible(c.oid) AND obj_description(c.oid, 'pg_class') = %s ORDER BY 1",
            [MARK],
        )
        return [name for (name,) in cursor.fetchall()]


def _ensure(table: str, months: list[date]) -> list[str]:
    """The missing months of one table, each in its own transaction, one process at a time."""
    made = []
    for month in _missing(table, months):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
            if _missing(table, [month]):
                made.append(_make(table, month))
    return made


def _missing(table: str, months: list[date]) -> list[date]:
    """Those months for which the table has no partition yet."""
    there = set(_partitions(table))
    return [month for month in months if partition_of(table, month) not in there]


def _make(table: str, month: date) -> str:
    """Make one partition beside the table, fill it from the rest, then attach it.

    Attaching waits for no reader or writer of other months, as `PARTITION OF` would.
    """
    name, rest = partition_of(table, month), f"{table}_rest"
    bounds = bounds_of(month)
    with connection.cursor() as cursor:
        # Nobody may add a row of this month to the rest while its rows are moved.
        cursor.execute(f"LOCK TABLE {rest} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(
            f"CREATE TABLE {name} (LIKE {table} INCLUDING ALL EXCLUDING IDENTITY EXCLUDING COMMENTS)"
        )
        cursor.execute(
            f"WITH moved AS (DELETE FROM {rest} WHERE at >= %s AND at < %s RETURNING *)"
            f" INSERT INTO {name} SELECT * FROM moved",
            bounds,
        )
        cursor.execute(f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM (%s) TO (%s)", bounds)
    return name


def partition_of(table: str, month: date) -> str:
    """The name of the partition of a month, given by its first day."""
    return f"{table}_{month:%Y_%m}"


def _months(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = month_after(first, 1)


def month_of(day: date) -> date:
    """The first day of the month of a day."""
    return day.replace(day=1)


def month_after(month: date, months: int) -> date:
    """The month that comes so many months after another; before it for a number below zero."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
