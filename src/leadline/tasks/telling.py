"""What owners of tasks are told, each in their language and zone (TIM-11)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.core.actions import Actor
from leadline.core.fields.kinds.times import show_day
from leadline.core.formats import number
from leadline.core.organisation import organisation
from leadline.people.models import User
from leadline.tasks.models import Task
from leadline.tasks.times import clock_of
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification


def tell_of_tasks(tasks: Sequence[Task], *, by: Actor) -> None:
    """Owners hear of tasks that somebody else gave them: of one by its title, of many by their number."""
    given: dict[User, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.owner_id != by.user.pk:
            given[task.owner].append(task)
    for owner, theirs in given.items():
        with translation.override(owner.language or organisation().language):
            alone = theirs[0] if len(theirs) == 1 else None
            words = {"who": by.user, "title": alone.title if alone else ""}
            many = ngettext(
                "%(n)s task is yours now, from %(who)s.",
                "%(n)s tasks are yours now, from %(who)s.",
                len(theirs),
            )
            text = _("A task from %(who)s: %(title)s") if alone else many
            notify(
                [owner.pk],
                kind=Notification.Kind.ASSIGNMENT,
                text=text % {**words, "n": number(len(theirs))},
                address=reverse("tasks:page", args=[alone.pk]) if alone else reverse("tasks:list"),
                cause=f"task:{theirs[0].pk}:given:{theirs[0].version}",
                by=by,
            )


def remind_of(task: Task, *, moment: datetime, by: Actor) -> None:
    """The owner hears that a task is due, or will be; once for each moment at which that is to be told."""
    assert task.tell_at is not None
    owner = task.owner
    with translation.override(owner.language or organisation().language):
        is_due = task.due_at is not None and task.due_at <= moment
        text = _("Due: %(title)s") if is_due else _("Reminder: %(title)s")
        if task.due_at and not is_due:
            text = _("Reminder: %(title)s, due %(when)s")
        notify(
            [owner.pk],
            kind=Notification.Kind.REMINDER,
            text=text % {"title": task.title, "when": _when(task, owner)},
            address=reverse("tasks:page", args=[task.pk]),
            cause=f"task:{task.pk}:{int(task.tell_at.timestamp())}",
            by=by,
        )


def _when(task: Task, owner: User) -> str:
    if task.due_at is None:
        return ""
    language = translation.get_language() or "en"
    if task.due_on:
        return show_day(task.due_on, language)
    day, at = clock_of(task.due_at, owner.time_zone or organisation().time_zone)
    return f"{show_day(day, language)} {at:%H:%M}"
