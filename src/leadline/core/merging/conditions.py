"""Conditions that name a record: a view “belongs to Acme” names the survivor after a merge (CUS-23)."""

import json
from typing import Any

from django.db import connection

from leadline.core.actions import Actor
from leadline.core.conditions.kept import Kept, turned
from leadline.core.fields import catalogues
from leadline.core.merging.attached import ANY, Attached, Merging, Moved, register_attached
from leadline.core.merging.moving import comes_back_by_history


def follow_merges(kept: Kept) -> Attached:
    """Let the conditions of a column name the survivor, whatever kind of record is merged."""

    def move(merging: Merging, *, by: Actor) -> Moved:
        return _move(entry, merging, kept.over)

    def back(merging: Merging, before: dict[str, list[Any]], *, by: Actor) -> None:
        _back(entry, before)

    model = kept.model._meta.label
    entry = register_attached(Attached(ANY, model, kept.column, kept.words, move=move, back=back))
    return entry


def naming_survivor(tree: Any, over: str, merging: Merging) -> Any:
    """The same condition over a kind of object, with the survivor in place of those merged into it."""
    fields = {about.kind: about.by_name for about in catalogues()}

    def name(kind: str, question: dict[str, Any]) -> dict[str, Any]:
        """Another kind may have a field of the same name that holds no link."""
        field = fields.get(kind, {}).get(str(question["field"]))
        if field is None or field.links_to != merging.kind or "value" not in question:
            return question
        return {**question, "value": _value(question["value"], set(merging.others), merging.survivor)}

    return turned(tree, over, name)


def _value(value: Any, others: set[int], survivor: int) -> Any:
    if isinstance(value, list):
        return list(dict.fromkeys(_value(each, others, survivor) for each in value))
    if isinstance(value, int | str) and str(value) in {str(other) for other in others}:
        return str(survivor) if isinstance(value, str) else survivor
    return value


def _move(entry: Attached, merging: Merging, over: str) -> Moved:
    table = entry.table._meta.db_table
    quoted = f'"{entry.column}"'
    word = r"\m(" + "|".join(str(other) for other in merging.others) + r")\M"
    changed: dict[str, list[Any]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {'%s' if over else 'kind'}, {quoted}::text FROM {table}"
            f" WHERE {quoted}::text ~ %s ORDER BY id FOR UPDATE",
            [*filter(None, [over]), word],
        )
        for key, kind, text in cursor.fetchall():
            old = json.loads(text)
            new = naming_survivor(old, kind, merging)
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
