"""Statements that every page asks are planned once for each connection, not each time.

Planning costs the server more than running them: half a millisecond to one for a few joins on small keys.
For statements whose text is the same each time; their values are sent beside the text.
"""

from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.pq import TransactionStatus

# After how often psycopg keeps a statement by itself: the texts of all others hold their values.
ONLY_IF_ASKED = 2**31


class _Planned(psycopg.Cursor[Any]):
    """Through a pooler (no threshold set) psycopg plans each time, as for all else."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> "_Planned":
        how = {"prepare": True, **how}
        try:
            return super().execute(query, params, **how)
        except psycopg.errors.FeatureNotSupported:
            # An upgrade gave a column another type: what was kept answers no more.
            # Within a transaction it is too late.
            if self.connection.info.transaction_status != TransactionStatus.IDLE:
                raise
            self.connection.execute("DEALLOCATE ALL")
            return super().execute(query, params, **how)


def planned() -> CursorWrapper:
    """A cursor of the current connection whose statements are kept with their plans by the server.

    A plan does not know the values: where one depends on them (how rare is this word), use a common cursor.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    cursor: Any = _Planned(connection.connection)
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrapped(cursor)
