"""Dates: the form of a whole column, found from all its values; what can be read two ways is never
guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

from django.utils.translation import gettext as _

from leadline.core.refusals import RuleBroken

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january januari jan", "february februari pebruari feb", "march maret mar", "april apr",
            "may mei",
            "june juni jun", "july juli jul", "august agustus agu aug ags", "september sep sept",
            "october oktober oct okt", "november nov nop", "december desember dec des",
        ],
        start=1,
    )
    for name in names.split()
}  # fmt: skip
TIME = (
    r"(?:[T\s,]+(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?\s*"
)
YEAR_FIRST = re.compile(
    r"\s*(?P<y>\d{4})\s*([-/.年])\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})日?" + TIME, re.I
)
COMPACT = re.compile(r"\s*(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)" + TIME, re.I)
TWO_WAYS = re.compile(r"\s*(?P<a>\d{1,2})\s*([-/. ])\s*(?P<b>\d{1,2})\s*\2\s*(?P<y>\d{4}|\d\d)" + TIME, re.I)
NAMED = re.compile(
    r"\s*(?:[^\W\d]+,\s*)?(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s./-]*(?P<m>[^\W\d]+)"
    r"|(?P<m2>[^\W\d]+)[\s./-]*(?P<d2>\d{1,2})(?:st|nd|rd|th)?)[\s.,/-]+(?P<y>\d{4}|\d\d)" + TIME,
    re.I,
)


class DateForm(StrEnum):
    """How dates of three numbers are meant; forms with a name of the month or the year first need no
    choice."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass
class DateColumn:
    """What the values of a column tell about its form; feed it all of them."""

    clear: int = 0
    day_first: int = 0
    month_first: int = 0
    either: int = 0
    unreadable: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, value: str) -> None:
        """Count one value."""
        if not value.strip():
            return
        readings = readings_of(value)
        if len(readings) > 1:
            self.either += 1
            if len(self.examples) < 3:
                self.examples.append(value.strip())
        elif DateForm.DAY_FIRST in readings:
            self.day_first += 1
        elif DateForm.MONTH_FIRST in readings:
            self.month_first += 1
        elif readings:
            self.clear += 1
        else:
            self.unreadable += 1

    @property
    def form(self) -> DateForm | None:
        """The one form all values agree with; None if there is a choice, or none is needed."""
        if self.day_first and not self.month_first:
            return DateForm.DAY_FIRST
        return DateForm.MONTH_FIRST if self.month_first and not self.day_first else None

    @property
    def question(self) -> str:
        """`ambiguous`: every value can be read both ways; `mixed`: the values contradict each other; else
        nothing."""
        if self.day_first and self.month_first:
            return "mixed"
        return "ambiguous" if self.either and not self.day_first and not self.month_first else ""


def readings_of(value: str) -> dict[DateForm | None, datetime]:
    """Every moment a text can mean, by form; under None where the text itself leaves no choice."""
    if match := YEAR_FIRST.fullmatch(value) or COMPACT.fullmatch(value):
        moment = _moment(match, match["y"], int(match["m"]), int(match["d"]))
        return {None: moment} if moment else {}
    if match := TWO_WAYS.fullmatch(value):
        first, second = int(match["a"]), int(match["b"])
        day_first = _moment(match, match["y"], second, first)
        month_first = _moment(match, match["y"], first, second)
        if day_first and day_first == month_first:
            return {None: day_first}
        found = {DateForm.DAY_FIRST: day_first, DateForm.MONTH_FIRST: month_first}
        return {form: moment for form, moment in found.items() if moment}
    if match := NAMED.fullmatch(value):
        month = MONTHS.get((match["m"] or match["m2"]).casefold())
        moment = _moment(match, match["y"], month, int(match["d"] or match["d2"])) if month else None
        return {None: moment} if moment else {}
    return {}


def read_moment(value: str, form: DateForm | None) -> datetime:
    """The moment a text means; without a zone in the text it has none. Refuses what is no date or can be
    two."""
    readings = readings_of(value)
    if len(readings) == 1:
        (own, moment), *_rest = readings.items()
        if own is None or form is None or own == form:
            return moment
        raise RuleBroken(
            _("“%(value)s” is no date in the form chosen for this column.") % {"value": value.strip()[:60]}
        )
    if not readings:
        raise RuleBroken(_("“%(value)s” is no date. Write it as 2026-03-31.") % {"value": value.strip()[:60]})
    if form is None:
        one, other = (moment.date().isoformat() for moment in readings.values())
        raise RuleBroken(
            _(
                "The date “%(value)s” can be read two ways: %(one)s or %(other)s. Choose the form"
                " of this column."
            )
            % {"value": value.strip(), "one": one, "other": other}
        )
    return readings[form]


def read_date(value: str, form: DateForm | None) -> date:
    """The day a text means."""
    return read_moment(value, form).date()


def _moment(match: re.Match[str], year: str, month: int, day: int) -> datetime | None:
    number = int(year)
    if len(year) == 2:
        number += 1900 if number >= 70 else 2000
    hour = int(match["hour"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    try:
        clock = time(hour, int(match["minute"] or 0), int(match["second"] or 0), tzinfo=_zone(match["zone"]))
        return datetime.combine(date(number, month, day), clock)
    except ValueError:
        return None


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-ahead if text[0] == "-" else ahead)
