"""Telling owners of what is due: once of the reminder, once of being overdue (TIM-11)."""

from collections.abc import Iterable

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.tasks.models import Task
from leadline.tasks.telling import remind_of
from leadline.tasks.times import next_telling

MOST = 500


@action
def tell_what_is_due(*, most: int = MOST, by: Actor) -> int:
    """Tell the owners of up to so many tasks whose moment has come; returns how many.

    That it was told stands in the same transaction as the notification, and of each task and moment there is
    one notification: a crash loses none and repeats none. Of what was missed while nobody worked one is told.
    """
    moment = now()
    rows = Task.objects.open().filter(tell_at__lte=moment).select_related("owner").order_by("tell_at", "pk")
    due = list(rows.select_for_update(no_key=True, skip_locked=True, of=("self",))[:most])
    for task in due:
        remind_of(task, moment=moment, by=by)
        task.tell_at = next_telling(task.remind_at, task.due_at, after=moment)
    Task.objects.bulk_update(due, ["tell_at"])
    return len(due)


@action
def tell_anew(ids: Iterable[int], *, by: Actor) -> None:
    """Derive anew what is to be told when, after tasks were changed back; nothing that is past is told."""
    moment = now()
    tasks = list(Task.objects.filter(pk__in=list(ids)))
    for task in tasks:
        ahead = next_telling(task.remind_at, task.due_at, after=moment)
        task.tell_at = ahead if task.is_open else None
    Task.objects.bulk_update(tasks, ["tell_at"])
