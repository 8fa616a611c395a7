"""The number of what is going on: on each line of the log, in the answer, in the history, told to people."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

HEADER = "X-Request-Id"
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_cause: ContextVar[str] = ContextVar("leadline_cause", default="")


@contextmanager
def caused_by(cause: str) -> Iterator[str]:
    """What happens in the block is caused by this: `request:6f0c…`, `job:12` (INT-7)."""
    before = _cause.set(cause)
    try:
        yield cause
    finally:
        _cause.reset(before)


def cause() -> str:
    """What causes what happens now, as an actor's `trace` names it; empty where nothing is known."""
    return _cause.get()


def request_number(given: str = "") -> str:
    """The number that a proxy gave, if it is well-formed; else a new one."""
    return given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(8)


def current_number() -> str:
    """The number of the request or job that goes on, without its kind; a new one outside of both."""
    return cause().partition(":")[2] or secrets.token_hex(8)
