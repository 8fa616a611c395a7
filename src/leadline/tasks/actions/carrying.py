"""Tasks about a record that became another one go along with it (LEA-9, TIM-7)."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.sets import array_of

_CARRY = """
UPDATE tasks_task task
   SET about_kind = %(to)s, about_id = became.new_id, updated_at = %(now)s, version = task.version + 1
  FROM unnest(%(old)s::bigint[], %(new)s::bigint[]) became(old_id, new_id)
 WHERE task.about_kind = %(of)s AND task.about_id = became.old_id
"""


@action
def carry_tasks(of: str, to: str, *, became: Mapping[int, int], by: Actor) -> int:
    """Let tasks about records of one kind, done ones too, be about those of another; returns how many."""
    given: dict[str, Any] = {
        "of": of,
        "to": to,
        "now": now(),
        "old": array_of(became),
        "new": array_of(became.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CARRY, given)
        return int(cursor.rowcount)
