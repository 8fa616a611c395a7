"""A task in one line, as people write it: “Call Bright Ltd tomorrow 10:00” (TIM-7).

When it is due stands at the end, or at the beginning; whatever is not understood as a time belongs to the
title, so that nothing typed is lost. English and Indonesian are read together: no word means two days.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from babel.dates import get_day_names, get_month_names
from dateutil.relativedelta import relativedelta

from leadline.core.clock import zone_of
from leadline.tasks.actions.checking import is_of_our_time
from leadline.tasks.times import moment_of

LANGUAGES = ("en", "id")
LONGEST = 6  # words that say when
FILLERS = {"at", "on", "by", "in", "this", "jam", "pukul", "pada", "hari", "dalam", "tanggal", "@"}
PHRASES = {
    "hari ini": "today", "day after tomorrow": "lusa", "next week": "next-week", "minggu depan": "next-week",
    "next month": "next-month", "bulan depan": "next-month",
}  # fmt: skip
NAMED = {"today": 0, "tomorrow": 1, "tmr": 1, "besok": 1, "lusa": 2}
UNITS = {
    "h": "hours", "hour": "hours", "hours": "hours", "jam": "hours", "d": "days", "day": "days",
    "days": "days", "hari": "days", "w": "weeks", "week": "weeks", "weeks": "weeks", "minggu": "weeks",
    "m": "months", "month": "months", "months": "months", "bulan": "months",
}  # fmt: skip
_CLOCK = re.compile(r"(?:at)?([01]?\d|2[0-3])[:.]([0-5]\d)(am|pm)?\Z|(?:at)?(1[0-2]|0?[1-9])(am|pm)\Z")
_LATER = re.compile(r"\+(\d{1,3})([a-z]+)\Z")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
_HOUR = re.compile(r"([01]?\d|2[0-3])\Z")
_HIGH = re.compile(r"(?:^|\s)!+(?=\s|$)")


@dataclass(frozen=True)
class Line:
    """What a line says: a title, whether it is urgent, and when it is due, if it says so."""

    title: str
    is_high: bool = False
    due_at: datetime | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class _When:
    """What was understood so far of the words that say when."""

    day: date | None = None
    at: time | None = None
    later: timedelta | None = None


def read_line(text: str, *, now: datetime, zone: str) -> Line:
    """Part a line into what is to be done and when, by the clocks of a zone."""
    is_high = bool(_HIGH.search(text))
    words = _HIGH.sub(" ", text).split()
    here = now.astimezone(zone_of(zone))
    for count in range(min(LONGEST, len(words) - 1), 0, -1):
        for said, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            when = _understood(said, here)
            if when is not None:
                return replace(_due(when, here, zone), title=" ".join(rest), is_high=is_high)
    return Line(" ".join(words), is_high)


def _due(when: _When, here: datetime, zone: str) -> Line:
    if when.later is not None:
        return Line("", due_at=(here + when.later).replace(second=0, microsecond=0))
    if when.at is None:
        return Line("", due_on=when.day)
    if when.day is not None:
        return Line("", due_at=moment_of(when.day, when.at, zone))
    today = moment_of(here.date(), when.at, zone)
    return Line("", due_at=today if today > here else moment_of(here.date() + timedelta(1), when.at, zone))


def _understood(words: list[str], here: datetime) -> _When | None:
    """When the words say, if every one of them is understood and the first says something."""
    left = _joined([word.casefold().strip(",;") for word in words])
    when, before = _When(), ""
    while left:
        found, used = _next(left, when, here, before)
        if found is None and left[0] in FILLERS and len(left) > 1:
            before, left = left[0], left[1:]
            continue
        if found is None:
            return None
        when, left, before = found, left[used:], ""
    return when if when != _When() else None


def _joined(words: list[str]) -> list[str]:
    """Phrases of several words as one."""
    text = f" {' '.join(words)} "
    for phrase, word in PHRASES.items():
        text = text.replace(f" {phrase} ", f" {word} ")
    return text.split()


def _next(left: list[str], when: _When, here: datetime, before: str) -> tuple[_When | None, int]:
    """What the next words add, and how many they are."""
    if when.later is not None:
        return None, 0
    if when.day is None:
        day, used = _day(left, here.date())
        if day is not None:
            return replace(when, day=day), used
        if when.at is None and (hours := _hours(left)):
            return replace(when, later=timedelta(hours=hours[0])), hours[1]
    if when.at is None and (at := _time(left[0], before)):
        return replace(when, at=at), 1
    return None, 0


def _time(word: str, before: str) -> time | None:
    """10:00, 10.30, 3pm; an hour alone after “at” or “jam”."""
    found = _CLOCK.match(word)
    if found is None:
        alone = _HOUR.match(word) if before in ("at", "jam", "pukul", "@") else None
        return time(int(alone[1])) if alone else None
    hour, minute = int(found[1] or found[4]), int(found[2] or 0)
    half = found[3] or found[5]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)


def _hours(left: list[str]) -> tuple[int, int] | None:
    """+2h, “2 hours”, “2 jam lagi”."""
    count = _count(left)
    return (count[0], count[2]) if count and count[1] == "hours" else None


def _day(left: list[str], today: date) -> tuple[date | None, int]:
    word = left[0]
    if word in NAMED:
        return today + timedelta(NAMED[word]), 1
    if word == "next-week":
        return today + timedelta(7 - today.weekday()), 1
    if word == "next-month":
        return today + relativedelta(months=1, day=1), 1
    if word in WEEKDAYS:
        return today + timedelta((WEEKDAYS[word] - today.weekday() - 1) % 7 + 1), 1
    if iso := _ISO.match(word):
        return _date(int(iso[1]), int(iso[2]), int(iso[3])), 1
    count = _count(left)
    if count and count[1] != "hours":
        return _later(today, count[0], count[1]), count[2]
    return _named_day(left, today)


def _count(left: list[str]) -> tuple[int, str, int] | None:
    """How many of which unit, in how many words: +3d, “3 days”, “3 hari lagi”."""
    if found := _LATER.match(left[0]):
        return (int(found[1]), UNITS[found[2]], 1) if found[2] in UNITS else None
    if len(left) > 1 and left[0].isascii() and left[0].isdigit() and len(left[0]) < 4 and left[1] in UNITS:
        more = 1 if left[2:3] in (["lagi"], ["later"]) else 0
        return int(left[0]), UNITS[left[1]], 2 + more
    return None


def _later(today: date, count: int, unit: str) -> date:
    return today + relativedelta(**{unit: count})


def _named_day(left: list[str], today: date) -> tuple[date | None, int]:
    """24 dec, dec 24, 24 desember 2026; without a year the next one."""
    if len(left) < 2:
        return None, 0
    first, second = left[0].rstrip("."), left[1].rstrip(".")
    number, name = (first, second) if second in MONTHS else (second, first)
    if name not in MONTHS or not (number.isascii() and number.isdigit()):
        return None, 0
    year = left[2] if len(left) > 2 and re.fullmatch(r"\d{4}", left[2]) else ""
    day = _date(int(year) if year else today.year, MONTHS[name], int(number[:2]))
    if day is not None and not year and day < today:
        day = _date(today.year + 1, MONTHS[name], int(number[:2]))
    return day, 3 if year else 2


def _date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if is_of_our_time(found) else None


WEEKDAYS = {
    name.casefold().rstrip("."): number
    for language in LANGUAGES
    for width in ("wide", "abbreviated")
    for number, name in get_day_names(width, locale=language).items()
}
MONTHS = {
    name.casefold().rstrip("."): number
    for language in LANGUAGES
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale=language).items()
}
