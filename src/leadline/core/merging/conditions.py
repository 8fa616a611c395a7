"""Conditions that name a record: a view “belongs to Acme” names the survivor after a merge (CUS-23)."""

import json
from collections.abc import Callable
from typing import Any

from django.db import connection

from leadline.core.actions import Actor
from leadline.core.fields import catalogues
from leadline.core.merging.attached import Attached, Merging, Moved, register_attached
from leadline.core.merging.moving import comes_back_by_history


def conditions_in(kind: str, model: str, column: str, counted: Callable[[int], str]) -> Attached:
    """Declare a JSON column whose conditions may name records of a kind."""

    def move(merging: Merging, *, by: Actor) -> Moved:
        return _move(entry, merging)

    def back(merging: Merging, kept: dict[str, list[Any]], *, by: Actor) -> None:
        _back(entry, kept)

    entry = register_attached(Attached(kind, model, column, counted, move=move, back=back))
    return entry


def naming_survivor(tree: Any, merging: Merging) -> Any:
    """The same conditions, with the survivor in the place of those that were merged into it."""
    return _named(tree, _links(merging.kind), set(merging.others), merging.survivor)


def _links(kind: str) -> set[str]:
    return {field.name for entry in catalogues() for field in entry.fields if field.links_to == kind}


def _named(tree: Any, links: set[str], others: set[int], survivor: int) -> Any:
    if isinstance(tree, list):
        return [_named(each, links, others, survivor) for each in tree]
    if not isinstance(tree, dict):
        return tree
    if tree.get("field") in links and "value" in tree:
        return {**tree, "value": _value(tree["value"], others, survivor)}
    return {name: _named(each, links, others, survivor) for name, each in tree.items()}


def _value(value: Any, others: set[int], survivor: int) -> Any:
    if isinstance(value, list):
        return list(dict.fromkeys(_value(each, others, survivor) for each in value))
    if isinstance(value, int | str) and str(value) in {str(other) for other in others}:
        return str(survivor) if isinstance(value, str) else survivor
    return value


def _move(entry: Attached, merging: Merging) -> Moved:
    table = entry.table._meta.db_table
    quoted = f'"{entry.column}"'
    word = r"\m(" + "|".join(str(other) for other in merging.others) + r")\M"
    changed: dict[str, list[Any]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {quoted}::text FROM {table} WHERE {quoted}::text ~ %s ORDER BY id FOR UPDATE", [word]
        )
        for key, text in cursor.fetchall():
            old = json.loads(text)
            new = naming_survivor(old, merging)
            if new != old:
                changed[str(key)] = [old, new]
        for row, (_old, new) in changed.items():
            cursor.execute(f"UPDATE {table} SET {quoted} = %s WHERE id = %s", [json.dumps(new), int(row)])
    return Moved(len(changed), kept=None if comes_back_by_history(entry) else changed)


def _back(entry: Attached, kept: dict[str, list[Any]]) -> None:
    table, quoted = entry.table._meta.db_table, f'"{entry.column}"'
    with connection.cursor() as cursor:
        for row, (old, new) in kept.items():
            cursor.execute(
                f"UPDATE {table} SET {quoted} = %s WHERE id = %s AND {quoted} = %s::jsonb",
                [json.dumps(old), int(row), json.dumps(new)],
            )
