"""Conditions that name a record: a view “belongs to Acme” names the survivor after a merge (CUS-23)."""

import json
from collections.abc import Callable
from typing import Any

from django.db import connection

from leadline.core.actions import Actor
from leadline.core.conditions.parsing import MEASURES
from leadline.core.fields import Catalogue, catalogues
from leadline.core.merging.attached import Attached, Merging, Moved, register_attached
from leadline.core.merging.moving import comes_back_by_history


def conditions_in(
    kind: str, model: str, column: str, counted: Callable[[int], str], *, over: str = ""
) -> Attached:
    """Declare a JSON column whose conditions may name records of a kind.

    They are asked `over` records of one kind, or of the kind that the row's column `kind` tells.
    """

    def move(merging: Merging, *, by: Actor) -> Moved:
        return _move(entry, merging, over)

    def back(merging: Merging, kept: dict[str, list[Any]], *, by: Actor) -> None:
        _back(entry, kept)

    entry = register_attached(Attached(kind, model, column, counted, move=move, back=back))
    return entry


def naming_survivor(tree: Any, over: str, merging: Merging) -> Any:
    """The same condition over a kind of object, with the survivor in place of those merged into it."""
    return _named(tree, {about.kind: about for about in catalogues()}, over, merging)


def _named(tree: Any, known: dict[str, Catalogue], over: str, merging: Merging) -> Any:
    if isinstance(tree, list):
        return [_named(each, known, over, merging) for each in tree]
    if not isinstance(tree, dict):
        return tree
    if "field" in tree:
        return _question(tree, known.get(over), merging)
    within = _within(tree, known, over)
    return {name: _named(each, known, within, merging) for name, each in tree.items()}


def _within(tree: dict[str, Any], known: dict[str, Catalogue], over: str) -> str:
    """Over what the parts of this one are asked: linked objects, or what a selection says it selects."""
    if "where" in tree and "kind" in tree:
        return str(tree["kind"])
    links = known[over].links_by_name if over in known else {}
    named = [
        links[tree[each]] for each in MEASURES if isinstance(tree.get(each), str) and tree[each] in links
    ]
    return named[0].kind if named else over


def _question(tree: dict[str, Any], about: Catalogue | None, merging: Merging) -> dict[str, Any]:
    """Another kind may have a field of the same name that holds no link."""
    field = about.by_name.get(str(tree["field"])) if about else None
    if field is None or field.links_to != merging.kind or "value" not in tree:
        return tree
    return {**tree, "value": _value(tree["value"], set(merging.others), merging.survivor)}


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
