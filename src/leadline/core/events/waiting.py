"""Events that wait for a listener who takes them in batches.

They wait in a table, written in the publisher's transaction. After it a single piece of work is queued unless
one stands there already, so that hundreds of events a second cost the queue one job, not hundreds.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from leadline.core.jobs.queue import later_once
from leadline.core.planned import planned
from leadline.core.sets import array_of

AT_ONCE = 200
_STANDS_THERE = """
SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo')
"""
_WAIT = """
INSERT INTO core_event_waiting (listener, event_id, at)
SELECT listener, event_id, %s::timestamptz
  FROM unnest(%s::text[], %s::bigint[]) AS told (listener, event_id) ORDER BY listener, event_id
"""
_TAKE = """
DELETE FROM core_event_waiting WHERE id IN (
    SELECT id FROM core_event_waiting WHERE listener = %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING event_id, at
"""


def let_wait(told: Sequence[tuple[str, int]], at: datetime) -> None:
    """Let events (by key, of one moment) wait for listeners, and wake these after the transaction."""
    if not told:
        return
    with planned() as cursor:
        names = [name for name, _key in told]
        cursor.execute(_WAIT, [at, names, array_of([key for _name, key in told])])
    for name in dict.fromkeys(names):
        transaction.on_commit(partial(wake, name), robust=True)


def wake(listener: str) -> None:
    """Queue the work of a listener, unless it stands there: what does will find what waits now too.

    Outside of a transaction, so that nobody waits for anybody who queues the same.
    """
    lock = f"core.tell_waiting:{listener}"
    with planned() as cursor:
        cursor.execute(_STANDS_THERE, [lock])
        if cursor.fetchone()[0]:
            return
    later_once("core.tell_waiting", once=lock, listener=listener)


def take(listener: str) -> list[tuple[int, datetime]]:
    """Take the events that waited longest out of the table, for this transaction; none that another takes."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [listener, AT_ONCE])
        return sorted(cursor.fetchall())


def who_waits() -> list[str]:
    """The listeners for whom something waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT listener FROM core_event_waiting ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]
