"""Jobs on custom fields: building indexes, letting one choice become another."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.changesets import after_undo
from leadline.core.custom import indexing
from leadline.core.custom.actions.choosing import MERGING
from leadline.core.custom.actions.writing import made_known, note_indexed
from leadline.core.custom.models import CustomField
from leadline.core.custom.telling import tell_changed
from leadline.core.fields import Catalogue, catalogue
from leadline.core.jobs import Running, job
from leadline.core.sets import update_rows

LOCK = 0xC057  # the class of the advisory lock under which indexes are built one after the other
PAUSE = 1.0  # seconds
PORTION = 5_000


@job(indexing.KIND)
def index_field(running: Running) -> None:
    """Build and remove indexes until they are as the definition says; one portion for each.

    Killed half-way it finds what is whole and builds the rest; what was being built is thrown away.
    """
    with _alone(running):
        while True:
            definition = CustomField.objects.get(pk=running.params["field"])
            about = catalogue(definition.object)
            wanted = indexing.wanted_indexes(definition, about)
            _renew(running, definition, wanted, about)
            with running.portion():
                if note_indexed(definition, wanted, by=running.by):
                    return


def _renew(running: Running, definition: CustomField, wanted: list[indexing.Index], about: Catalogue) -> None:
    there = indexing.present_indexes(definition)
    missing = [index for index in wanted if there.get(index.name) != index.mark]
    running.expect(running.done + len(missing))
    for name in there.keys() - {index.name for index in wanted}:
        indexing.remove(name)
    for index in missing:
        indexing.build(index, about)
        with running.portion(done=1) as portion:
            portion.count(built=1)
    if missing:
        indexing.analyze(about)


@contextmanager
def _alone(running: Running) -> Iterator[None]:
    """One after the other. Who waits asks again and again: a statement that waits would itself be waited
    for by the one that builds."""
    while not _try("pg_try_advisory_lock"):
        with running.portion():
            pass
        time.sleep(PAUSE)
    try:
        yield
    finally:
        _try("pg_advisory_unlock")


def _try(function: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, 1)", [LOCK])
        return bool(cursor.fetchone()[0])


@job(MERGING)
def merge_choice(running: Running) -> None:
    """Give every record that has one choice another instead, archived records too, in portions."""
    definition = CustomField.objects.get(pk=running.params["field"])
    about = catalogue(definition.object)
    key, into = running.params["key"], running.params["into"]
    if running.cursor is None:
        running.expect(_holding(definition, about, key, count=True))
    while True:
        with running.portion() as portion:
            rows = _holding(definition, about, key, after=running.cursor or 0)
            if not rows:
                return
            portion.done, portion.cursor = len(rows), rows[-1][0]
            changed = _replace(definition, about, rows, key, into, by=running.by)
            portion.count(changed=len(changed))


def _holding(
    definition: CustomField, about: Catalogue, key: str, *, after: int = 0, count: bool = False
) -> Any:
    """The next records that hold a choice, locked: id, value; or how many there are."""
    several = definition.kind == CustomField.Kind.SEVERAL
    test = f"{about.custom} -> %s ? %s" if several else f"{about.custom} ->> %s = %s"
    what = "count(*)" if count else f"{about.id}, {about.custom} -> %s"
    next_ones = f" AND {about.id} > %s ORDER BY {about.id} LIMIT {PORTION} FOR NO KEY UPDATE"
    ending = "" if count else next_ones
    params = [definition.name, key]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {what} FROM {about.table} WHERE {test}{ending}",
            params if count else [definition.name, *params, after],
        )
        return cursor.fetchone()[0] if count else cursor.fetchall()


@action
def _replace(
    definition: CustomField, about: Catalogue, rows: list[tuple[int, Any]], key: str, into: str, *, by: Actor
) -> list[int]:
    order = [choice["key"] for choice in definition.choices]
    changes = [
        {"id": pk, about.custom.rpartition(".")[2]: {definition.name: _instead(held, key, into, order)}}
        for pk, held in rows
    ]
    model: Any = apps.get_model(about.model)
    columns = {field.column for field in model._meta.concrete_fields}
    touched = {"version": f"{about.table}.version + 1", "updated_at": "now()"}
    changed = sorted(
        update_rows(model, changes, touched={name: sql for name, sql in touched.items() if name in columns})
    )
    if changed:
        tell_changed(about.kind, changed, definition.name, by=by)
    return changed


def _instead(held: Any, key: str, into: str, order: list[str]) -> Any:
    value = json.loads(held) if isinstance(held, str) else held
    if not isinstance(value, list):
        return into
    return sorted({into if each == key else each for each in value}, key=order.index)


@after_undo("customfield")
def know_what_was_changed_back(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """An undone merging offers the choice again, everywhere."""
    made_known()
