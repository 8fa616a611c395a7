"""Whether a backup is being made: what its snapshot of the database names must stay until it has ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

from leadline.core.installed import connect

_LOCK = "core.backing_up"


@contextmanager
def backing_up() -> Iterator[psycopg.Connection]:
    """Held from before the snapshot until the last file is copied, beside others who do the same (INT-7).

    It ends with its process, whatever becomes of that. Gives the connection that holds it.
    """
    with connect() as held:
        held.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [_LOCK])
        yield held
        # Closing alone would leave it held until the server has noticed.
        held.execute("SELECT pg_advisory_unlock_shared(hashtext(%s))", [_LOCK])


def no_backup_runs() -> bool:
    """Whether none is being made; if so, none begins before the caller's transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [_LOCK])
        return bool(cursor.fetchone()[0])
