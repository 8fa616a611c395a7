"""Writing many rows at once: COPY in, one UPDATE … FROM for what really changes, telling what it did."""

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
            # Lists are mostly empty, and slow to write down.
            copy.write_row(["{}" if value == [] else value for value in row] if [] in row else row)


def update_rows(
    model: type[models.Model], changes: Sequence[dict[str, Any]], *, touched: dict[str, str]
) -> dict[int, set[str]]:
    """Change many rows, each in the columns that its dict names beside its `id`; lock the rows before.

    Returns the columns that differed for each row where any did. Only these are sent: who brings the same
    file again changes little. `touched` gives SQL for columns that change with any change (`updated_at`:
    `now()`).
    """
    differing = _differing(model, changes)
    if not differing:
        return {}
    columns = {column for change in differing for column in change} - {"id"}
    everywhere = columns.intersection(*differing)
    table = model._meta.db_table
    types = {field.column: field.db_type(connection) for field in model._meta.concrete_fields}
    assignments = [
        f'"{column}" = new."{column}"'
        if column in everywhere
        else f'"{column}" = CASE WHEN raw ? \'{column}\' THEN new."{column}" ELSE {table}."{column}" END'
        for column in sorted(columns)
    ]
    assignments += [f'"{column}" = {sql}' for column, sql in touched.items()]
    given = ", ".join(f'"{column}" {types[column]}' for column in sorted(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {', '.join(assignments)} FROM jsonb_array_elements(%s::jsonb) raw,"
            f" LATERAL jsonb_to_record(raw) AS new(id bigint, {given}) WHERE {table}.id = new.id",
            [json.dumps(differing, default=str)],
        )
    return {change["id"]: set(change) - {"id"} for change in differing}


def _differing(model: type[models.Model], changes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The changes without what is so already, in the order of the keys; rows that are gone are left out."""
    columns = sorted({column for change in changes for column in change} - {"id"})
    if not columns:
        return []
    attributes = {field.column: field.attname for field in model._meta.concrete_fields}
    rows = model._default_manager.filter(pk__in=[change["id"] for change in changes])
    present = {row[0]: row for row in rows.values_list("id", *(attributes[column] for column in columns))}
    places = {column: place for place, column in enumerate(columns, start=1)}
    differing = []
    for change in sorted(changes, key=lambda change: change["id"]):
        row = present.get(change["id"])
        if row is None:
            continue
        new = {name: value for name, value in change.items() if name != "id" and value != row[places[name]]}
        if new:
            differing.append({"id": change["id"], **new})
    return differing
