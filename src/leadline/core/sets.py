"""Writing many rows at once: COPY in, one UPDATE … FROM for changes, each telling what it did."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """As many fresh keys of a table, so that rows can name each other before they are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write new rows by COPY; constraints and history hold as for any insert."""
    if not rows:
        return
    named = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({named}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)


def update_rows(
    model: type[models.Model], changes: Sequence[dict[str, Any]], *, touched: dict[str, str]
) -> list[int]:
    """Change many rows, each in the columns that its dict names beside its `id`; returns those that differed.

    `touched` gives SQL for columns that change with any change (`updated_at`: `now()`). Values are JSON-able.
    """
    columns = sorted({column for change in changes for column in change} - {"id"})
    if not columns:
        return []
    table = model._meta.db_table
    given = [
        f'CASE WHEN raw ? \'{column}\' THEN new."{column}" ELSE {table}."{column}" END' for column in columns
    ]
    assignments = [f'"{column}" = {value}' for column, value in zip(columns, given, strict=True)]
    assignments += [f'"{column}" = {sql}' for column, sql in touched.items()]
    old = ", ".join(f'{table}."{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {', '.join(assignments)}"
            f" FROM jsonb_array_elements(%s::jsonb) raw,"
            f" LATERAL jsonb_populate_record(NULL::{table}, raw) new"
            f" WHERE {table}.id = new.id AND ROW({old}) IS DISTINCT FROM ROW({', '.join(given)})"
            f" RETURNING {table}.id",
            [json.dumps(changes)],
        )
        return sorted(row[0] for row in cursor.fetchall())
