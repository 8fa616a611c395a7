"""Open tasks go along with the records that are handed over, and come back with them (PPL-1, SIG-10)."""

from typing import Any

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.handovers.models import Handover
from leadline.people.models import User
from leadline.people.working.queries import manager_of
from leadline.tasks.actions.picking import tell
from leadline.tasks.events import TasksWentAlong
from leadline.tasks.models import Task

_MOVE = """
UPDATE tasks_task task SET owner_id = {to}, updated_at = %(now)s, version = task.version + 1
  FROM handovers_sheetline line JOIN handovers_sheet sheet ON sheet.id = line.sheet_id
 WHERE sheet.handover_id = %(handover)s AND task.about_kind = line.kind AND task.about_id = line.record_id
   AND task.done_at IS NULL AND task.archived_at IS NULL AND task.owner_id = {of}
   AND {to} IN (SELECT id FROM people_user WHERE is_active)
RETURNING task.id
"""
_REST = """
UPDATE tasks_task SET owner_id = %(to)s, updated_at = %(now)s, version = version + 1
 WHERE owner_id = %(of)s AND done_at IS NULL AND archived_at IS NULL RETURNING id
"""


@action
def go_along_with(handover: Handover, *, by: Actor) -> int:
    """Give the open tasks of former owners about records that went over to the new owners; returns how many.

    All others of somebody who leaves go to the one new owner, or to who gets the rest, or to the manager. It
    is written as part of the hand-over, so that undoing that brings the tasks back.
    """
    moved = _run(_MOVE.format(to="sheet.owner_id", of="line.from_id"), handover=handover.pk)
    heir = _heir_of(handover)
    if heir is not None:
        moved += _run(_REST, to=heir.pk, of=handover.from_user_id)
    _tell(moved, handover, by)
    return len(moved)


@action
def bring_back_with(handover: Handover, *, by: Actor) -> int:
    """Give the open tasks that a deputy has about records of an absence back to who was away."""
    moved = _run(_MOVE.format(to="line.from_id", of="sheet.owner_id"), handover=handover.pk)
    _tell(moved, handover, by)
    return len(moved)


def _heir_of(handover: Handover) -> User | None:
    leaver = handover.from_user
    if handover.reason != Handover.Reason.LEAVER or leaver is None:
        return None
    found = handover.to or handover.overflow or manager_of(leaver)
    return found if found is not None and found.is_active else None


def _run(sql: str, **params: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"now": now(), **params})
        return [row[0] for row in cursor.fetchall()]


def _tell(moved: list[int], handover: Handover, by: Actor) -> None:
    tasks = Task.objects.filter(pk__in=moved).order_by("pk")
    tell(TasksWentAlong(count=len(moved), handover_id=handover.pk), tasks, by=by)
