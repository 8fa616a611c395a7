"""Statements sent before their answers are needed: the database works while the page is written.

Within `sending_ahead` the connection is in libpq's pipeline mode: a statement is sent and the program goes
on; its rows are waited for when somebody reads them. All else works as ever, statement by statement.
Outside of it a statement is asked when it is read, so nobody need know which is so.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.utils import NotSupportedError
from psycopg.pq import PipelineStatus

from leadline.core.planned import planned
from leadline.core.postgres.addresses import is_pooled

Rows = list[tuple[Any, ...]]


def is_sending_ahead() -> bool:
    """Whether statements are sent ahead on the connection of this thread."""
    there = connection.connection
    return there is not None and there.pgconn.pipeline_status != PipelineStatus.OFF


@contextmanager
def sending_ahead() -> Iterator[None]:
    """Send what is `Ahead` at once; for work that reads, as one that fails takes along those behind it.

    Through a pooler nothing is: PgBouncer 1.18 lets those who are in the middle of it and those who wait for
    a connection wait for each other. Raises what the database refused when the block ends, if nobody read it
    before.
    """
    if is_pooled():
        yield
        return
    connection.ensure_connection()
    try:
        with connection.connection.pipeline():
            yield
    except NotSupportedError:  # an upgrade gave a column another type: what is kept answers no more
        connection.connection.execute("DEALLOCATE ALL")
        raise


class Ahead:
    """A statement whose rows are read later; sent now where that is possible.

    With `kept` the database keeps its plan (`core.planned`): where one plan is good for all values.
    """

    def __init__(self, sql: str, params: Sequence[Any], *, kept: bool = False):
        self._sql, self._params = sql, params
        self._opened = planned if kept else connection.cursor
        self._cursor: Any = None
        if is_sending_ahead():
            self._cursor = self._opened()
            self._cursor.execute(sql, params)
            connection.connection.pgconn.send_flush_request()
            connection.connection.pgconn.flush()

    def rows(self) -> Rows:
        """All rows, now."""
        with self._cursor or self._opened() as cursor:
            if self._cursor is None:
                cursor.execute(self._sql, self._params)
            found: Rows = cursor.fetchall()
        return found
