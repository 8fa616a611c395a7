"""What a database holds, in figures to compare two by: rows, sums, a digest of each table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import psycopg
from psycopg import sql

# A row as text must read the same wherever it is read.
_SETTINGS = (
    "SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';"
    " SET extra_float_digits = 1; SET bytea_output = 'hex'; SET jit = off"
)
_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
   AND c.relpersistence = 'p' ORDER BY 1
"""
_COLUMNS = """
SELECT a.attname, t.typname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
 WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname
"""
_NUMBERS = ("numeric", "int2", "int4", "int8")


@dataclass(frozen=True)
class Tally:
    """One table: its rows, the sum of each column of numbers, and a digest that any changed row changes."""

    rows: int
    digest: str = ""
    sums: dict[str, str] = field(default_factory=dict)


def tables_of(connection: psycopg.Connection) -> list[str]:
    """The tables, each partitioned one as a whole; without the unlogged, which no backup holds."""
    return [name for (name,) in connection.execute(_TABLES)]


def prepare(connection: psycopg.Connection) -> None:
    """Let every value read the same on every server."""
    connection.execute(_SETTINGS)


def digests(connection: psycopg.Connection, tables: Iterable[str]) -> dict[str, Tally]:
    """Rows and digest of each table; the order of rows does not matter."""
    return {table: _digested(connection, table) for table in tables}


def sums(
    connection: psycopg.Connection, tables: Iterable[str], known: dict[str, Tally] | None = None
) -> dict[str, Tally]:
    """Rows, sums and digest of each table; with `known`, of the columns that were known then."""
    return {table: _summed(connection, table, (known or {}).get(table)) for table in tables}


def _digested(connection: psycopg.Connection, table: str) -> Tally:
    asked = sql.SQL(
        "SELECT count(*), coalesce(sum(hashtextextended(leadline_row::text, 0)::numeric), 0)"
        " FROM {} leadline_row"
    )
    rows, digest = _one(connection, asked.format(sql.Identifier(table)))
    return Tally(rows, str(digest))


def _summed(connection: psycopg.Connection, table: str, known: Tally | None) -> Tally:
    """In one pass; columns that are gone are left out, and so are missing in the answer."""
    columns = list(connection.execute(_COLUMNS, [f'public."{table}"']))
    numbers = [name for name, kind in columns if kind in _NUMBERS]
    if known is not None:
        numbers = [name for name in numbers if name in known.sums]
    parts = [sql.SQL("coalesce(sum({}::numeric), 0)").format(sql.Identifier(name)) for name in numbers]
    asked = sql.SQL("SELECT {} FROM {}").format(
        sql.SQL(", ").join([sql.SQL("count(*)"), *parts]), sql.Identifier(table)
    )
    rows, *found = _one(connection, asked)
    return Tally(rows, sums={name: _plain(total) for name, total in zip(numbers, found, strict=True)})


def _one(connection: psycopg.Connection, asked: sql.Composed) -> tuple[Any, ...]:
    row = connection.execute(asked).fetchone()
    assert row is not None
    return row


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"
