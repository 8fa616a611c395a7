"""When a task is due, as a person reads it: near days by their names, and the clock where it is meant."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core import formats
from leadline.core.clock import zone_of
from leadline.tasks.times import clock_of, moment_of

MORNING, AFTERNOON, EVENING = time(9), time(14), time(17)
GROUPS = {
    "overdue": gettext_lazy("Overdue"),
    "today": gettext_lazy("Today"),
    "tomorrow": gettext_lazy("Tomorrow"),
    "week": gettext_lazy("This week"),
    "later": gettext_lazy("Later"),
    "none": gettext_lazy("Without a date"),
}


@dataclass(frozen=True)
class Due:
    """When something is due: its group, its words, and the clock where it is meant, if it shows otherwise."""

    group: str
    words: str
    there: str = ""

    @property
    def is_overdue(self) -> bool:
        """Whether its moment has passed."""
        return self.group == "overdue"


def due_of(due_at: datetime | None, due_on: date | None, meant_in: str, *, now: datetime, zone: str) -> Due:
    """How somebody whose clocks are those of `zone` reads it."""
    if due_at is None:
        return Due("none", "")
    today = now.astimezone(zone_of(zone)).date()
    day, at = clock_of(due_at, zone)
    day = due_on or day
    group = "overdue" if due_at < now else _group(day, today)
    if due_on:
        return Due(group, _day_words(day, today))
    words = f"{_day_words(day, today)} {at:%H:%M}"
    return Due(group, words, _there(due_at, at, meant_in, zone))


def _group(day: date, today: date) -> str:
    if day <= today:
        return "today"
    if day == today + timedelta(1):
        return "tomorrow"
    weekday = formats.locale().first_week_day
    return "week" if day < today + timedelta(7 - (today.weekday() - weekday) % 7) else "later"


def _day_words(day: date, today: date) -> str:
    near = {0: _("Today"), 1: _("Tomorrow"), -1: _("Yesterday")}.get((day - today).days)
    return near or formats.day(day)


def _there(due_at: datetime, at: time, meant_in: str, zone: str) -> str:
    there = clock_of(due_at, meant_in)[1]
    if there == at:
        return ""
    return _("%(time)s there (%(zone)s)") % {"time": f"{there:%H:%M}", "zone": meant_in}


@dataclass(frozen=True)
class Choice:
    """A moment to put something off to."""

    key: str
    label: str
    until: datetime


def snooze_choices(now: datetime, zone: str) -> list[Choice]:
    """In an hour, this afternoon or evening, tomorrow morning, next week, by the clocks of a zone."""
    today = now.astimezone(zone_of(zone)).date()
    monday = today + timedelta(7 - today.weekday())
    found = [Choice("hour", _("In an hour"), (now + timedelta(hours=1)).replace(second=0, microsecond=0))]
    found += [
        Choice("afternoon", _("This afternoon"), moment_of(today, AFTERNOON, zone)),
        Choice("evening", _("This evening"), moment_of(today, EVENING, zone)),
        Choice("tomorrow", _("Tomorrow morning"), moment_of(today + timedelta(1), MORNING, zone)),
        Choice("week", _("Next week"), moment_of(monday, MORNING, zone)),
    ]
    return [each for each in found if each.until > now]
