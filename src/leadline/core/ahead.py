"""Statements sent before their answers are needed: the database works while the page is written.

Within `sending_ahead` the connection is in libpq's pipeline mode: a statement is sent and the program goes
on; its rows are waited for when somebody reads them. All else works as ever, statement by statement.
Outside of it a statement is asked when it is read, so nobody need know which is so.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg.pq import PipelineStatus

Rows = list[tuple[Any, ...]]


def is_sending_ahead() -> bool:
    """Whether statements are sent ahead on the connection of this thread."""
    there = connection.connection
    return there is not None and there.pgconn.pipeline_status != PipelineStatus.OFF


@contextmanager
def sending_ahead() -> Iterator[None]:
    """Send what is `Ahead` at once; for work that reads, as one that fails takes along those behind it.

    Raises what the database refused when the block ends, if nobody read it before.
    """
    connection.ensure_connection()
    with connection.connection.pipeline():
        yield


class Ahead:
    """A statement whose rows are read later; sent now where that is possible."""

    def __init__(self, sql: str, params: Sequence[Any]):
        self._asked = sql, params
        self._cursor: Any = None
        if is_sending_ahead():
            self._cursor = connection.cursor()
            self._cursor.execute(sql, params)
            connection.connection.pgconn.send_flush_request()

    def rows(self) -> Rows:
        """All rows, now."""
        cursor = self._cursor or connection.cursor()
        with cursor:
            if self._cursor is None:
                cursor.execute(*self._asked)
            found: Rows = cursor.fetchall()
        return found
