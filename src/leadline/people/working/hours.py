"""Working hours: for each weekday spans of wall-clock time in the person's zone (PPL-1, ALL-6).

Kept as they are written: {"monday": "09:00–12:00, 13:00–17:00"}. What ends on the next day is written
“22:00–06:00+1”.
"""

import re
from datetime import date as Day
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.refusals import RuleBroken, RulesBroken

Span = tuple[int, int]
Hours = dict[str, str]

DAY = 1440
WEEKDAY_NAMES = {
    "monday": gettext_lazy("Monday"),
    "tuesday": gettext_lazy("Tuesday"),
    "wednesday": gettext_lazy("Wednesday"),
    "thursday": gettext_lazy("Thursday"),
    "friday": gettext_lazy("Friday"),
    "saturday": gettext_lazy("Saturday"),
    "sunday": gettext_lazy("Sunday"),
}
WEEKDAYS = tuple(WEEKDAY_NAMES)
MOST_SPANS = 6
# Who told no hours works these.
USUAL: Hours = dict.fromkeys(WEEKDAYS[:5], "09:00–17:00")
_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})\s*(\+1)?\Z", re.ASCII)


def shift_at(hours: Hours | None, moment: datetime) -> Day | None:
    """The day on which the span began that holds at a moment of local time; None outside of hours.

    Wall clocks count: where the clock is put back, the hour that comes twice is worked twice.
    """
    given = USUAL if hours is None else hours
    minute = moment.hour * 60 + moment.minute
    for back in (0, 1):
        day = moment.date() - timedelta(days=back)
        weekday = WEEKDAYS[day.weekday()]
        spans = _spans_of(given.get(weekday, ""), weekday)
        if any(begins <= minute + back * DAY < ends for begins, ends in spans):
            return day
    return None


def worked_share(hours: Hours | None, day: Day, minute: int) -> float | None:
    """How much of a weekday's working time lies before a minute of its local time, from 0 to 1; None where
    the day is free. Spans count for the day on which they begin.
    """
    given = USUAL if hours is None else hours
    weekday = WEEKDAYS[day.weekday()]
    spans = _spans_of(given.get(weekday, ""), weekday)
    whole = sum(ends - begins for begins, ends in spans)
    over = sum(min(max(minute - begins, 0), ends - begins) for begins, ends in spans)
    return over / whole if whole else None


def read_hours(written: dict[str, str]) -> Hours:
    """Hours from a text for each weekday; a day that is empty or missing is free.

    Raises `RulesBroken` that names each weekday with what is wrong and how it is written.
    """
    week: dict[str, tuple[Span, ...]] = {}
    broken: list[RuleBroken] = []
    for weekday in WEEKDAYS:
        try:
            week[weekday] = _spans_of(written.get(weekday, ""), weekday)
        except RuleBroken as rule:
            broken.append(rule)
    if broken:
        raise RulesBroken(broken)
    _require_apart(week)
    return {weekday: ", ".join(_written(*span) for span in spans) for weekday, spans in week.items() if spans}


def written_hours(hours: Hours | None) -> dict[str, str]:
    """The text for each weekday, empty for a free one; the usual hours where nobody said."""
    given = USUAL if hours is None else hours
    return {weekday: given.get(weekday, "") for weekday in WEEKDAYS}


@lru_cache(maxsize=2000)
def _spans_of(text: str, weekday: str) -> tuple[Span, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > MOST_SPANS:
        raise RuleBroken(_("At most %(n)s spans a day.") % {"n": MOST_SPANS}, field=weekday, value=text[:100])
    return tuple(sorted(_span(part, weekday) for part in parts))


def _span(part: str, weekday: str) -> Span:
    found = _SPAN.match(part)
    numbers = [int(number) for number in found.groups()[:4]] if found else []
    known = found and numbers[1] < 60 and numbers[3] < 60 and numbers[0] < 24 and numbers[2] <= 24
    begins, ends = (numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]) if known else (0, DAY + 1)
    if not found or ends > DAY:
        message = _("“%(value)s” is not understood. Write 09:00–17:00, several with a comma between them.")
        raise RuleBroken(message % {"value": part[:40]}, field=weekday, value=part[:100])
    if found[5]:
        ends += DAY
    if ends <= begins:
        message = _("“%(value)s” ends before it starts. If it ends on the next day, write %(next)s.")
        words = {"value": part[:40], "next": f"{_clock(begins)}–{_clock(ends)}+1"}
        raise RuleBroken(message % words, field=weekday, value=part[:100])
    if ends - begins > DAY:
        message = _("“%(value)s” is longer than a day.")
        raise RuleBroken(message % {"value": part[:40]}, field=weekday, value=part[:100])
    return begins, ends


def _require_apart(week: dict[str, tuple[Span, ...]]) -> None:
    """No two spans of a week share a minute, also not over midnight, nor from Sunday to Monday."""
    spans = [
        (DAY * number + begins, DAY * number + ends, weekday)
        for number, weekday in enumerate(WEEKDAYS)
        for begins, ends in week[weekday]
    ]
    if not spans:
        return
    first = spans[0]
    around = [*spans, (first[0] + 7 * DAY, first[1] + 7 * DAY, first[2])]
    for (_begins, ends, _before), (begins, _ends, weekday) in pairwise(around):
        if begins < ends:
            raise RuleBroken(_("Two spans share some time; give each minute once."), field=weekday)


def _written(begins: int, ends: int) -> str:
    later = "+1" if ends > DAY else ""
    return f"{_clock(begins)}–{_clock(ends - DAY if later else ends)}{later}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
