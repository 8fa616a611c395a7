"""Two threads that take turns: while one waits for the database, the other works.

The interpreter serves one thread at a time. A second one that works whenever it likes holds up the first
just when the database has answered, and the database waits with it.
"""

import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection

Thing = TypeVar("Thing")
# Seconds after which the one whose answer is there is served: as good as at once, as the other stops then.
SOON = 50e-6
_here = threading.local()


class Turns:
    """Says when the other thread may work."""

    def __init__(self) -> None:
        self._given = threading.Event()

    def taken(self, things: Iterable[Thing]) -> Iterator[Thing]:
        """The same things, each when it is the turn of this, the other thread."""
        for thing in things:
            self._given.wait()
            yield thing

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Within, this thread gives way whenever it waits for the database, and otherwise has all turns."""
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SOON)
        _here.turns = self
        try:
            with connection.execute_wrapper(_give_way):
                yield
        finally:
            _here.turns = None
            sys.setswitchinterval(usual)
            self._given.set()  # whoever still works there comes to an end

    @contextmanager
    def given(self) -> Iterator[None]:
        """Within, the other thread may work."""
        self._given.set()
        try:
            yield
        finally:
            self._given.clear()


@contextmanager
def giving_way() -> Iterator[None]:
    """For a wait for the database that is no statement, as the end of a COPY."""
    turns: Turns | None = getattr(_here, "turns", None)
    if turns is None:
        yield
    else:
        with turns.given():
            yield


def _give_way(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    with giving_way():
        return execute(sql, params, many, context)
