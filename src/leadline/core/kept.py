"""What nearly every request asks and hardly anybody changes, kept for some seconds in this process.

Django's cache would copy it at each asking. What is kept is shared by all threads: nobody changes it.
"""

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")
_all: list["Kept[Any]"] = []


class Kept(Generic[Value]):
    """Reads a value when it is asked for, and not again for `seconds`; whoever changes it says `forget()`."""

    def __init__(self, read: Callable[[], Value], *, seconds: float = 5.0):
        self.read, self.seconds = read, seconds
        self._found: tuple[float, Value] | None = None
        _all.append(self)

    def __call__(self) -> Value:
        found, moment = self._found, time.monotonic()
        if found is None or moment >= found[0]:
            found = self._found = (moment + self.seconds, self.read())
        return found[1]

    def forget(self) -> None:
        """Read it anew next time."""
        self._found = None


def forget_all() -> None:
    """Read everything anew next time: between two tests."""
    for kept in _all:
        kept.forget()
