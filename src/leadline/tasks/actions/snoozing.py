"""Putting tasks off until a moment (TIM-7)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.tasks.actions.checking import require_due
from leadline.tasks.actions.picking import Done, one, pick, tell, write
from leadline.tasks.events import TasksSnoozed
from leadline.tasks.models import Task


@action
def snooze_tasks(ids: Iterable[int], *, until: datetime, by: Actor) -> Done:
    """Put tasks off: they are due, and their owners reminded, at that moment, which lies ahead.

    When it was due before the first time is kept, and how often it was put off. A series goes on as it was.
    """
    require_due(until, None)
    if until <= now():
        message = _("Choose a moment that lies ahead.")
        raise RuleBroken(message, field="until", value=until.isoformat())
    picked, done = pick(ids, "snooze", by=by)
    values = {
        task.pk: {
            "due_at": until,
            "due_on": None,
            "remind_at": until,
            "tell_at": until,
            "snoozes": task.snoozes + 1,
            "snoozed_from": task.snoozed_from or task.due_at,
        }
        for task in picked
    }
    snoozed = write(picked, values, done)
    tell(TasksSnoozed(count=len(snoozed)), snoozed, by=by)
    return done


@action
def snooze_task(task: Task, *, until: datetime, by: Actor) -> Task:
    """Put one task off."""
    return one(task, snooze_tasks([task.pk], until=until, by=by))
