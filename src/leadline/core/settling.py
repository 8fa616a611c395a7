"""Up to where a ledger is settled: nobody can add an entry below any more.

Ids are given before they are committed, and come to light out of order. Whoever writes to a table holds a
lock on it from before the first id until the end. So: look how far ids were given, then who holds that lock,
and wait until all of those have ended. Whoever comes later gets a higher id.
"""

import time

from django.db import connection

PATIENCE = 20.0  # seconds
_PAUSE = 0.1


def settled_up_to(table: str, *, patience: float = PATIENCE) -> int | None:
    """The highest id below which nothing can appear any more; None when a writer did not end in time.

    Call it outside of a transaction of one's own that writes to the ledger.
    """
    highest = highest_id(table)
    waiting = _writers(table)
    until = time.monotonic() + patience
    while waiting:
        if time.monotonic() > until:
            return None
        time.sleep(_PAUSE)
        waiting &= _writers(table)
    return highest


def highest_id(table: str) -> int:
    """The highest id that was given to anybody, committed or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        cursor.execute(f"SELECT last_value, is_called FROM {cursor.fetchone()[0]}")
        last, was_given = cursor.fetchone()
        return int(last) if was_given else 0


def _writers(table: str) -> set[str]:
    """The transactions that have written, or are about to write, to the table, but our own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND relation = %s::regclass AND pid IS DISTINCT FROM pg_backend_pid()"
            " AND mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock',"
            " 'AccessExclusiveLock')",
            [table],
        )
        return {name for (name,) in cursor.fetchall()}
