"""Writing many rows at once: COPY in, one UPDATE … FROM for what really changes, telling what it did."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from django.db import connection, models

from leadline.core.custom.values import CustomValues, merged
from leadline.core.turns import giving_way

# What is written at once for all of a set: plain numbers, and texts that hold nothing to be marked.
_NUMBERS, _TEXTS = frozenset({int, type(None)}), frozenset({str})


def array_of(values: Iterable[int | str | None]) -> str:
    """Numbers or texts as PostgreSQL writes an array; the driver takes ten times as long for a list."""
    given = list(values)
    kinds = set(map(type, given))
    if kinds <= _NUMBERS:
        return "{" + str(given)[1:-1].replace("None", "NULL") + "}"
    if kinds == _TEXTS:
        written = '","'.join(given)  # type: ignore[arg-type]
        if "\\" not in written and written.count('"') == 2 * (len(given) - 1):
            return '{"' + written + '"}'
    return "{" + ",".join([_written(value) for value in given]) + "}"


def _written(value: int | str | None) -> str:
    if isinstance(value, int):
        return str(value)
    return "NULL" if value is None else '"' + value.replace("\\", r"\\").replace('"', r"\"") + '"'


def fresh_ids(model: type[models.Model], count: int) -> list[int]:
    """As many fresh keys of a table, so that rows can name each other before they are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH keys AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence)"
            " SELECT nextval(keys.sequence) FROM keys, generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write new rows by COPY; constraints and history hold as for any insert."""
    if not rows:
        return
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, ExitStack() as copying:
        copy = copying.enter_context(cursor.copy(f'COPY "{model._meta.db_table}" ({named}) FROM STDIN'))
        for row in rows:
            # Lists are mostly empty, and slow to write down.
            copy.write_row(["{}" if value == [] else value for value in row] if [] in row else row)
        with giving_way():
            copying.close()


def update_rows(
    model: type[models.Model], changes: Sequence[dict[str, Any]], *, touched: dict[str, str]
) -> dict[int, set[str]]:
    """Change many rows, each in the columns that its dict names beside its `id`; they are locked.

    A column of custom fields is given those that change; the others stay. Returns the columns that differed
    for each row where any did. Only these rows are sent: who brings the same file again changes little.
    `touched` gives SQL for columns that change with any change (`updated_at`: `now()`).
    """
    present = _present(model, changes)
    differing = _differing(changes, present, _custom_column(model))
    columns = sorted({name for new in differing.values() for name in new})
    if not columns:
        return {}
    # A row that keeps the value of a column that others change is sent that value: it is locked, so nobody
    # else can have changed it.
    sent = [
        {"id": key, **{name: present[key][name] for name in columns}, **new} for key, new in differing.items()
    ]
    table = model._meta.db_table
    types = {field.column: field.db_type(connection) for field in model._meta.concrete_fields}
    assignments = [f'"{column}" = new."{column}"' for column in columns]
    assignments += [f'"{column}" = {sql}' for column, sql in touched.items()]
    given = ", ".join(f'"{column}" {types[column]}' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {', '.join(assignments)}"
            f" FROM json_to_recordset(%s::json) AS new(id bigint, {given}) WHERE {table}.id = new.id",
            [json.dumps(sent, default=str)],
        )
    return {key: set(new) for key, new in differing.items()}


def _present(model: type[models.Model], changes: Sequence[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The rows as they are, by their keys, as far as the changes name their columns."""
    columns = ["id", *sorted({column for change in changes for column in change} - {"id"})]
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {named} FROM {model._meta.db_table} WHERE id = ANY(%s::bigint[])"
            " ORDER BY id FOR NO KEY UPDATE",
            [array_of(change["id"] for change in changes)],
        )
        found = {row[0]: dict(zip(columns, row, strict=True)) for row in cursor.fetchall()}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.JSONField) and field.column in columns:
            for row in found.values():
                row[field.column] = json.loads(row[field.column])
    return found


def _custom_column(model: type[models.Model]) -> str:
    """The column that holds values of custom fields; empty where there is none."""
    fields = model._meta.concrete_fields
    return next((str(each.column) for each in fields if isinstance(each, CustomValues)), "")


def _differing(
    changes: Sequence[dict[str, Any]], present: Mapping[int, dict[str, Any]], custom: str
) -> dict[int, dict[str, Any]]:
    """The changes without what is so already, in the order of the keys; rows that are gone are left out."""
    differing: dict[int, dict[str, Any]] = {}
    for change in sorted(changes, key=lambda change: change["id"]):
        row = present.get(change["id"])
        if row and custom in change:
            change = {**change, custom: merged(row[custom], change[custom])}
        new = row and {name: value for name, value in change.items() if value != row[name]}
        if new:
            differing[change["id"]] = new
    return differing
