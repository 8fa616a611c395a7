"""The log of events tells nothing behind a transaction that still runs, in any database of the server."""

import time

from django.db import connection

PATIENCE = 300  # seconds; the longest test beside ours is shorter


def all_told() -> None:
    """Wait until every transaction of the server that began before now has ended."""
    give_up = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        (now,) = cursor.fetchone()
        while time.monotonic() < give_up:
            cursor.execute(
                "SELECT pg_snapshot_xmin(pg_current_snapshot()) > %s::text::xid8, pg_sleep(0.02)", [now]
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError(f"A transaction of the server runs for more than {PATIENCE} seconds.")
