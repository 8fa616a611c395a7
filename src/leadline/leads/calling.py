"""When somebody may be called, by the clock where they are (LEA-5, SIG-1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from babel.core import get_global

from leadline.core.clock import now, zone_of
from leadline.core.normalise.phone import time_zone_of
from leadline.core.organisation import organisation
from leadline.core.planned import planned
from leadline.leads.models import CallingHours
from leadline.leads.models.settings import EVERY_DAY

PAUSE = timedelta(hours=2)  # after a call that nobody took
STEP = 30  # minutes: proposals stand on full and half hours
FURTHEST = 15  # days to look ahead: one day of the week comes twice in them


@dataclass(frozen=True)
class Hours:
    """From when until when people are called, on which days (1 is Monday), by their own clocks."""

    begins: time
    ends: time
    days: frozenset[int]

    def hold(self, local: datetime) -> bool:
        """Whether a moment, in the zone of whoever is called, lies in them."""
        return local.isoweekday() in self.days and self.begins <= local.time() < self.ends


def calling_hours() -> Hours:
    """What the administrator set; every day from nine to eight where nobody did."""
    with planned() as cursor:
        cursor.execute("SELECT begins, ends, days FROM leads_callinghours ORDER BY id LIMIT 1")
        row = cursor.fetchone()
    unset = CallingHours()
    begins, ends, days = row or (unset.begins, unset.ends, unset.days)
    return hours_of(begins, ends, days or EVERY_DAY)


def hours_of(begins: time, ends: time, days: Collection[int]) -> Hours:
    """Hours from what is stored."""
    return Hours(begins, ends, frozenset(days))


def zone_for(time_zone: str, phone: str, country: str) -> str:
    """The zone that was set, else the phone's, else the country's where it has but one; empty if unknown."""
    return time_zone or (time_zone_of(phone) if phone else "") or _only_zone_of(country, now().year)


def judged_by(zone: str) -> str:
    """The zone by which a lead is judged: its own, or ours where none is known."""
    return zone or organisation().time_zone


def may_be_called(zone: str, hours: Hours, moment: datetime) -> bool:
    """Whether it is a time to call there at a moment."""
    return hours.hold(moment.astimezone(zone_of(judged_by(zone))))


def next_good_time(zone: str, hours: Hours, moment: datetime) -> datetime:
    """When to try again: two hours on or later, on a half hour, in the calling hours there; in UTC.

    Safe on nights when clocks are changed: what it gives always lies in the hours by the clock there.
    """
    there = zone_of(judged_by(zone))
    earliest = _rounded_up(moment + PAUSE)
    first = earliest.astimezone(there).date()
    for ahead in range(FURTHEST):
        opens = datetime.combine(first + timedelta(days=ahead), hours.begins, tzinfo=there).astimezone(UTC)
        proposed = max(opens, earliest)
        if hours.hold(proposed.astimezone(there)):
            return proposed
    return earliest


def _rounded_up(moment: datetime) -> datetime:
    whole = moment.astimezone(UTC).replace(minute=moment.minute // STEP * STEP, second=0, microsecond=0)
    return whole if whole >= moment else whole + timedelta(minutes=STEP)


@lru_cache(maxsize=1024)
def _only_zone_of(country: str, year: int) -> str:
    """The first of a country's zones when all of them show the same time all through the year."""
    zones = get_global("territory_zones").get(country, ())
    clocks = {tuple(_offsets(zone, year)) for zone in zones}
    return zones[0] if len(clocks) == 1 else ""


def _offsets(zone: str, year: int) -> list[timedelta | None]:
    return [
        datetime(year, month, 1, tzinfo=UTC).astimezone(zone_of(zone)).utcoffset() for month in range(1, 13)
    ]
