"""The one clock: moments are UTC, days belong to a zone (ALL-6)."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


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
