"""Running what waits in the queue here and now, as the worker would: for tests and for one-off commands."""

import json

from django.db import connection
from procrastinate.contrib.django import app


def run_waiting_jobs(limit: int = 1000) -> int:
    """Run waiting work in order until none is left, on this connection; errors come through to the caller."""
    for count in range(limit):
        taken = _take_one() or _waited_for()
        if taken is None:
            return count
        name, arguments = taken
        app.tasks[name].func(**arguments)
    raise RuntimeError(f"more than {limit} pieces of work: does one make the next for ever?")


def _waited_for() -> tuple[str, dict[str, object]] | None:
    """The work of a listener for whom events wait, as the worker's rounds do it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT listener FROM core_event_waiting ORDER BY id LIMIT 1")
        row = cursor.fetchone()
    return ("core.tell_waiting", {"listener": row[0]}) if row else None


def _take_one() -> tuple[str, dict[str, object]] | None:
    """Take the first piece of work that may start now out of the queue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE id = (SELECT id FROM procrastinate_jobs"
            " WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= clock_timestamp())"
            " ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING task_name, args"
        )
        row = cursor.fetchone()
    if row is None:
        return None
    name, arguments = row
    return name, arguments if isinstance(arguments, dict) else json.loads(arguments)
