"""The one clock: moments are UTC, days belong to a zone (ALL-6)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("leadline_clock", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _set_to.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be another moment for a while: what is told afterwards is written as if it were then."""
    before = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(before)


def today(zone: str) -> date:
    """The day it is now in a time zone (IANA name)."""
    return now().astimezone(zone_of(zone)).date()


@lru_cache(maxsize=1000)
def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name; UTC for a name nobody knows."""
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
