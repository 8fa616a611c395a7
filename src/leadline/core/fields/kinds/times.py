"""Kinds that hold time: a date belongs to no zone, a moment is stored in UTC (ALL-6)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel.dates import get_month_names
from django.utils.translation import gettext as _

from leadline.core.clock import zone_of
from leadline.core.fields.kinds.base import Kind, no, words

if TYPE_CHECKING:
    from leadline.core.fields.cleaning import Cleaning, Viewer
    from leadline.core.fields.field import Field

FIRST_YEAR, LAST_YEAR = 1000, 9000
TIME_OPERATORS = (
    "on", "before", "after", "at_least", "at_most", "between", "in_last", "in_next", "older_than",
    "this_day", "last_day", "next_day", "this_week", "last_week", "next_week",
    "this_month", "last_month", "next_month", "this_quarter", "last_quarter", "next_quarter",
    "this_year", "last_year", "next_year", "is_empty", "is_not_empty",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\Z")
_NAMED = re.compile(r"(\d{1,2})[\s.-]+([^\W\d]+)\.?[\s,.-]+(\d{4})\Z")


class DateKind(Kind):
    """A day. 2026-03-04 and 4 March 2026 are read; 3/4/2026 only when the context says which comes first."""

    key = "date"
    family = "date"
    operators = TIME_OPERATORS

    def read(self, raw: Any, field: Field, context: Cleaning) -> date:
        """The day; one that can be read two ways is refused, never guessed."""
        if isinstance(raw, datetime):
            raw = raw.date()
        found = raw if isinstance(raw, date) else day_written(words(raw, field).strip(), context.day_first)
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise no(
                field,
                raw,
                _("%(field)s: “%(value)s” is not one clear date. Write it like 2026-03-04 (year-month-day)."),
            )
        return found

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """4 Mar 2026."""
        return "" if value is None else show_day(value, viewer.language)

    def export(self, value: Any, field: Field) -> str:
        """ISO 8601."""
        return "" if value is None else value.isoformat()

    def export_sql(self, sql: str) -> str:
        """The same in SQL, whatever the server's style of dates."""
        return f"to_char({sql}, 'YYYY-MM-DD')"

    def stored(self, value: Any) -> str | None:
        """ISO 8601."""
        return None if value is None else value.isoformat()

    def loaded(self, stored: Any) -> date | None:
        """The day again."""
        return None if stored is None else date.fromisoformat(stored)

    def custom_sql(self, column: str, name: str) -> str:
        """As a day."""
        return f"({column} ->> '{name}')::date"

    def sort_sql(self, column: str, name: str) -> str:
        """As text, which orders days too: reading one as a day goes by settings, so no index takes it."""
        return f"(({column} ->> '{name}') COLLATE \"C\")"


class MomentKind(Kind):
    """A moment: date and time with a zone; one without is taken in the context's zone."""

    key = "moment"
    family = "moment"
    operators = TIME_OPERATORS

    def read(self, raw: Any, field: Field, context: Cleaning) -> datetime:
        """The moment in UTC."""
        found = (
            raw if isinstance(raw, datetime) else moment_written(words(raw, field).strip(), context.day_first)
        )
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            message = _("%(field)s: “%(value)s” is not one clear time. Write it like 2026-03-04 15:30.")
            raise no(field, raw, message)
        aware = found if found.tzinfo else found.replace(tzinfo=zone_of(context.zone))
        return aware.astimezone(UTC)

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """4 Mar 2026 15:30 in the viewer's zone."""
        if value is None:
            return ""
        local = value.astimezone(zone_of(viewer.zone))
        return f"{show_day(local.date(), viewer.language)} {local.hour:02}:{local.minute:02}"

    def export(self, value: Any, field: Field) -> str:
        """ISO 8601 in UTC."""
        return "" if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def export_sql(self, sql: str) -> str:
        """The same in SQL."""
        return f"""to_char({sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""


@lru_cache(maxsize=4096)
def show_day(day: date, language: str) -> str:
    """A day in the order and with the month names of a language, short."""
    return f"{day.day} {_months(language)[day.month]} {day.year}"


def day_written(text: str, day_first: bool | None) -> date | None:
    """The day that a text names; None when it names none, or could name two."""
    if match := _ISO.match(text):
        return _day(*match.groups())
    if match := _SLASHED.match(text):
        first, second, year = match.groups()
        if first == second or int(second) > 12:
            return _day(year, first, second)
        if int(first) > 12:
            return _day(year, second, first)
        if day_first is None:
            return None
        return _day(year, second, first) if day_first else _day(year, first, second)
    if match := _NAMED.match(text):
        number, name, year = match.groups()
        return _day(year, str(_month_numbers().get(name.casefold(), 0)), number)
    return None


def moment_written(text: str, day_first: bool | None) -> datetime | None:
    """The moment that a text names; a day alone is its midnight."""
    day, _separator, rest = text.partition("T" if "T" in text else " ")
    found = day_written(day, day_first) or day_written(text, day_first)
    if found is None or not rest or day_written(text, day_first):
        return datetime(found.year, found.month, found.day) if found else None
    try:
        return datetime.fromisoformat(f"{found.isoformat()}T{rest.strip()}")
    except ValueError:
        return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=32)
def _months(language: str) -> dict[int, str]:
    return dict(get_month_names("abbreviated", locale=language.replace("-", "_")))


@lru_cache(maxsize=1)
def _month_numbers() -> dict[str, int]:
    return {
        name.casefold().rstrip("."): number
        for language in ("en", "id")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }


DATE, MOMENT = DateKind(), MomentKind()
