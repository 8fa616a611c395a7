"""Events that wait for a listener who takes them in batches.

They wait in a table, written in the publisher's transaction. The worker looks there several times a second,
so that hundreds of events a second cost the queue no job, and what came together is looked at together.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from leadline.core.jobs.queue import later_once
from leadline.core.planned import planned
from leadline.core.sets import array_of

AT_ONCE = 200
_QUEUED = "EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo')"
_IS_TO_BE_TOLD = f"""
SELECT EXISTS (SELECT FROM core_event_waiting WHERE listener = %s) AND NOT {_QUEUED}
"""
_WAIT = """
INSERT INTO core_event_waiting (listener, event_id, at)
SELECT listener, event_id, %s::timestamptz
  FROM unnest(%s::text[], %s::bigint[]) AS told (listener, event_id) ORDER BY listener, event_id
"""
# A listener is told of one batch at a time: a second one would only wait for what the first has locked, and
# hold up what others want of the worker.
_TAKE = """
WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtext('core.tell'), hashtext(%s)) AS is_ours)
DELETE FROM core_event_waiting WHERE (SELECT is_ours FROM turn) AND id IN (
    SELECT id FROM core_event_waiting WHERE listener = %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING event_id, at
"""


def let_wait(told: Sequence[tuple[str, int]], at: datetime) -> None:
    """Let events (by key, of one moment) wait for listeners."""
    if not told:
        return
    with planned() as cursor:
        names = [name for name, _key in told]
        cursor.execute(_WAIT, [at, names, array_of([key for _name, key in told])])


def is_to_be_told(listener: str) -> bool:
    """Whether anything waits for a listener that the queue does not tell: there it stands after it failed."""
    with planned() as cursor:
        cursor.execute(_IS_TO_BE_TOLD, [listener, _lock(listener)])
        return bool(cursor.fetchone()[0])


def wake(listener: str) -> None:
    """Queue the work of a listener, unless it stands there: what does will find what waits now too.

    Outside of a transaction, so that nobody waits for anybody who queues the same.
    """
    later_once("core.tell_waiting", once=_lock(listener), listener=listener)


def take(listener: str) -> list[tuple[int, datetime]]:
    """Take the events that waited longest out of the table for this transaction; none while another tells."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [listener, listener, AT_ONCE])
        return sorted(cursor.fetchall())


def who_waits() -> list[str]:
    """The listeners for whom something waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT listener FROM core_event_waiting ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def _lock(listener: str) -> str:
    return f"core.tell_waiting:{listener}"
