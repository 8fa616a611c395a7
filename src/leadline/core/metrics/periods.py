"""Periods: whole days in the organisation's zone, by a word or by their first and last day (ALL-6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.conditions import Context
from leadline.core.conditions.spans import period
from leadline.core.fields.kinds.times import show_day
from leadline.core.refusals import RuleBroken

DAY = timedelta(days=1)
LONGEST = timedelta(days=3_660)
PERIODS: Mapping[str, Any] = {
    "today": gettext_lazy("Today"),
    "yesterday": gettext_lazy("Yesterday"),
    "this_week": gettext_lazy("This week"),
    "last_week": gettext_lazy("Last week"),
    "this_month": gettext_lazy("This month"),
    "last_month": gettext_lazy("Last month"),
    "last_30_days": gettext_lazy("Last 30 days"),
    "last_90_days": gettext_lazy("Last 90 days"),
    "this_quarter": gettext_lazy("This quarter"),
    "last_quarter": gettext_lazy("Last quarter"),
    "this_year": gettext_lazy("This year"),
    "last_year": gettext_lazy("Last year"),
}
_BETWEEN = ".."


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both counted; `word` names it in an address."""

    word: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def label(self, language: str) -> str:
        """What people call it: by its word, else by its days."""
        if self.word in PERIODS:
            return str(PERIODS[self.word])
        first, last = show_day(self.first, language), show_day(self.last, language)
        return first if self.days == 1 else f"{first} – {last}"


def period_of(word: str, context: Context) -> Period:
    """The period that a word (`this_month`), a day or two days (`2026-03-01..2026-03-31`) name.

    Raises `RuleBroken` for what names none, and for more than ten years.
    """
    if word in PERIODS:
        return Period(word, *_of_word(word, context))
    first_text, _separator, last_text = word.partition(_BETWEEN)
    try:
        first, last = date.fromisoformat(first_text), date.fromisoformat(last_text or first_text)
    except ValueError:
        raise _refused(word) from None
    if first > last or last - first > LONGEST or not 1900 <= first.year <= last.year <= 2200:
        raise _refused(word)
    return Period(word, first, last)


def _of_word(word: str, context: Context) -> tuple[date, date]:
    today = context.today
    if word in ("today", "yesterday"):
        day = today if word == "today" else today - DAY
        return day, day
    if word.endswith("_days"):
        return today - (int(word.split("_")[1]) - 1) * DAY, today
    span: Any = period(word, context)
    return span[0], span[1] - DAY


def _refused(word: str) -> RuleBroken:
    message = _("“%(value)s” is no period. Accepted: %(known)s, a day, or two days as %(example)s.")
    words = {"value": word[:60], "known": ", ".join(PERIODS), "example": "2026-03-01..2026-03-31"}
    return RuleBroken(message % words, field="period", value=word[:60])
