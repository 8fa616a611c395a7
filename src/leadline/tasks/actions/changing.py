"""Changing a task: what, when, how urgent, about what (TIM-7)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.events import Subject
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.tasks.actions.checking import (
    CLEANED,
    cleaned,
    require_abouts,
    require_due,
    require_reminder,
    require_repeats,
    require_zone,
)
from leadline.tasks.actions.picking import Done, one, pick, tell, write
from leadline.tasks.actions.placing import PLACED, place
from leadline.tasks.events import TasksChanged
from leadline.tasks.models import Task

DUE = ("due_at", "due_on", "zone")
CHANGEABLE = (*CLEANED, *DUE, "remind_at", "about")


@action
def change_task(task: Task, *, version: int | None = None, by: Actor, **given: Any) -> Task:
    """Give a task other values of `CHANGEABLE`; what is not given stays. A new `due_at` ends its `due_on`.

    Raises `EditConflict` when `version` is not the present one any more, `RuleBroken` naming the field.
    """
    picked, done = pick([task.pk], "edit", by=by)
    if not picked:
        return one(task, done)
    found = picked[0]
    if version is not None and version != found.version:
        raise EditConflict(changes_since("task", found.pk, version), found.version)
    if unknown := set(given) - set(CHANGEABLE):
        raise RuleBroken(_("This can't be changed."), field=sorted(unknown)[0])
    _change(found, given, by)
    columns = {*CLEANED, "zone", "about_kind", "about_id", *PLACED}
    values = {found.pk: {name: getattr(found, name) for name in columns}}
    tell(TasksChanged(count=1), write(picked, values, done), by=by)
    return one(task, done)


@action
def prioritise_tasks(ids: Iterable[int], *, priority: str, by: Actor) -> Done:
    """Say of many how urgent they are."""
    wanted = cleaned("priority", priority)
    if not wanted:
        raise RuleBroken(_("Choose a priority."), field="priority")
    picked, done = pick(ids, "edit", by=by)
    changed = write(picked, {task.pk: {"priority": wanted} for task in picked}, done)
    tell(TasksChanged(count=len(changed)), changed, by=by)
    return done


def _change(task: Task, given: dict[str, Any], by: Actor) -> None:
    for name in CLEANED:
        if name in given:
            setattr(task, name, cleaned(name, given[name]))
    if "about" in given:
        about: Subject | None = given["about"]
        require_abouts([about], by=by)
        task.about_kind, task.about_id = (about.kind, about.id) if about else ("", None)
    moved = _move(task, given)
    if "remind_at" in given:
        task.remind_at = given["remind_at"]
        task.remind_before = None if given["remind_at"] is not None else task.remind_before
    elif "remind_before" in given and task.remind_before is None:
        task.remind_at = None
    place(task, begins_series=moved or "repeats" in given)
    require_reminder(task)
    require_repeats(task)


def _move(task: Task, given: dict[str, Any]) -> bool:
    """Take over when it is due; returns whether anything was said of that."""
    if "zone" in given:
        task.zone = require_zone(given["zone"])
    if "due_at" in given or "due_on" in given:
        due_at, due_on = given.get("due_at"), given.get("due_on")
        require_due(due_at, due_on)
        if task.remind_before is None and task.remind_at == task.due_at:
            task.remind_at = None  # it was snoozed, and reminded of that
        task.due_at, task.due_on = due_at, due_on
    return any(name in given for name in DUE)
