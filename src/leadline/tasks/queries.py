"""Questions about tasks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from leadline.core.clock import now
from leadline.core.subjects import Seen, seen_subjects
from leadline.people.models import User
from leadline.tasks.models import Task
from leadline.tasks.showing import Due, due_of

MOST_SHOWN = 8
JUST_BEFORE = timedelta(seconds=2)  # it may have been written, but not yet shown


@dataclass(frozen=True)
class TaskLine:
    """A task as a panel or a page shows it; `about` only where the reader sees that record."""

    task: Task
    due: Due
    about: Seen | None = None


def given_since(user: User, seen: datetime) -> bool:
    """Whether somebody has an open task that came since a moment, or was being written just then."""
    return Task.objects.open().filter(owner=user, created_at__gt=seen - JUST_BEFORE).exists()


def line_of(task: Task, reader: User, *, zone: str) -> TaskLine:
    """One task as somebody reads it."""
    place = (task.about_kind, task.about_id or 0)
    about = seen_subjects([place], reader).get(place) if task.about_kind else None
    return TaskLine(task, due_of(task.due_at, task.due_on, task.zone, now=now(), zone=zone), about)


def open_about(kind: str, key: int, reader: User, *, zone: str) -> tuple[list[TaskLine], bool]:
    """The open tasks about a record, the nearest first, and whether there are more; in one query."""
    rows = Task.objects.visible_to(reader).open().about(kind, key).select_related("owner")
    found = list(rows.order_by("due_at", "pk")[: MOST_SHOWN + 1])
    moment = now()
    lines = [
        TaskLine(task, due_of(task.due_at, task.due_on, task.zone, now=moment, zone=zone))
        for task in found[:MOST_SHOWN]
    ]
    return lines, len(found) > MOST_SHOWN


def next_about(kind: str, key: int, reader: User) -> Task | None:
    """The next step with a record: the open task about it that is due first."""
    rows = Task.objects.visible_to(reader).open().about(kind, key).exclude(due_at=None)
    return rows.order_by("due_at", "pk").first()
