"""How figures, money and times are written for a person: by language (Babel) and the viewer's zone.

The templates have them as filters: `{{ customer.created_at|day }}`, `{{ 12500|number }}`.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import dates, lists, numbers
from babel.core import Locale
from django.apps import apps
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils import timezone, translation
from markupsafe import Markup, escape

from leadline.core import clock
from leadline.core.fields import catalogue
from leadline.core.normalise.phone import format_phone
from leadline.core.prose import prose

Number = int | float | Decimal
INTERNATIONAL = Locale("en", "GB")
NOTHING = "–"
RELATIVE_FOR_DAYS = 7


def locale() -> Locale:
    """The Babel locale of the language that is active now."""
    return _locale_of(translation.get_language() or "en")


def calendar() -> Locale:
    """The locale of dates; English is for readers everywhere: `4 Mar 2026`, and no AM and PM."""
    return _calendar_of(translation.get_language() or "en")


def day(value: date | datetime | None, form: str = "medium") -> str:
    """A date: `4 Mar 2026`; of a moment, its day in the viewer's zone."""
    if value is None:
        return NOTHING
    local = _local(value)
    return _day_written(local.date() if isinstance(local, datetime) else local, form, calendar())


def clock_time(value: datetime | None, form: str = "short") -> str:
    """The time of day of a moment in the viewer's zone."""
    if value is None:
        return NOTHING
    return _time_written(timezone.localtime(value), form, calendar())


def time_there(value: datetime) -> str:
    """The time of day in the zone that a moment carries, as a clock at that place shows it."""
    return _time_written(value, "short", calendar())


def moment(value: datetime | None, form: str = "medium") -> str:
    """Date and time of a moment in the viewer's zone."""
    if value is None:
        return NOTHING
    local, where = _local(value), calendar()
    if not isinstance(local, datetime):
        return dates.format_datetime(local, form, locale=where)
    both = _both_written(form, where)
    return both.replace("{0}", _time_written(local, form, where)).replace(
        "{1}", _day_written(local.date(), form, where)
    )


def soon(value: datetime) -> str:
    """Date and time of a near moment in the viewer's zone, without its year: `27 Nov 07:00`."""
    local = timezone.localtime(value)
    return f"{_near_day_written(local.date(), calendar())} {clock_time(value)}"


def ago(value: datetime | None) -> str:
    """`3 hours ago` within a week, the date before and after that."""
    if value is None:
        return NOTHING
    distance = value - clock.now()
    if abs(distance.days) >= RELATIVE_FOR_DAYS:
        return day(value)
    return dates.format_timedelta(distance, add_direction=True, locale=calendar())


def when(value: datetime | None) -> str:
    """A `<time>` element: how long ago, the exact moment for machines and on pointing at it."""
    if value is None:
        return NOTHING
    machine, exact, told = value.isoformat(timespec="seconds"), escape(moment(value)), escape(ago(value))
    return Markup(f'<time datetime="{machine}" title="{exact}">{told}</time>')  # noqa: S704 - escaped


def day_name(value: date | datetime) -> str:
    """The heading of a day on a timeline: `Today`, `Yesterday`, else weekday and date."""
    asked = _local(value)
    asked_day = asked.date() if isinstance(asked, datetime) else asked
    away = (timezone.localtime(clock.now()).date() - asked_day).days
    if away == 0:
        return translation.gettext("Today")
    if away == 1:
        return translation.gettext("Yesterday")
    return dates.format_date(asked_day, "full", locale=calendar())


def number(value: Number | None) -> str:
    """A figure with the language's separators."""
    return NOTHING if value is None else _number_written(value, locale())


class _Counted(int):
    """A figure that chooses the plural as a number, and is written with separators."""

    def __str__(self) -> str:
        return number(int(self))


def counted(words: Any, count: int) -> str:
    """Lazy plural words of `%(n)s` with their figure: “1,200 notes”."""
    return str(words % {"n": _Counted(count)})


def compact(value: Number | None) -> str:
    """A short figure for a tight place: `1.2M`."""
    if value is None:
        return NOTHING
    return numbers.format_compact_decimal(value, fraction_digits=1, locale=locale())


def percent(value: Number | None) -> str:
    """A share from 0 to 1 as a percentage."""
    return NOTHING if value is None else _percent_written(value, locale())


def money(value: Decimal | int | None, currency: str, whole: bool = False) -> str:
    """An amount with its currency (ISO 4217), never a float (ALL-5); `whole` leaves the cents out."""
    return NOTHING if value is None else _amount(value, currency, whole, locale())


@lru_cache(maxsize=8192)
def _amount(value: Decimal | int, currency: str, whole: bool, language: Locale) -> str:
    if not whole:
        return numbers.format_currency(value, currency, locale=language)
    pattern = language.currency_formats["standard"].pattern.replace(".00", "")
    return numbers.format_currency(value, currency, pattern, locale=language, currency_digits=False)


def listed(values: list[str]) -> str:
    """`a, b and c` in the language's way."""
    return lists.format_list([str(value) for value in values], locale=locale())


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """One or two capitals for a picture without a picture."""
    words = [word for word in name.split() if word[:1].isalnum()] or [name or "?"]
    letters = words[0][:1] + (words[-1][:1] if len(words) > 1 else "")
    return letters.upper()


def language_name(code: str) -> str:
    """The name of a language (ISO 639) in the language in use."""
    return str(locale().languages.get(code, code)) if code else ""


def file_size(size: int) -> str:
    """Bytes as people read them: `3.4 MB`."""
    return filesizeformat(size)


def kind_name(kind: str) -> str:
    """What a kind of record is called within a sentence: `contact`."""
    return str(catalogue(kind).label).lower()


def key_word(key: tuple[datetime, int]) -> str:
    """A place in a timeline or history, for an address: `2026-11-22T10:00:00+00:00_123`."""
    return f"{key[0].isoformat()}_{key[1]}"


def with_query(asked: QueryDict, **changes: Any) -> str:
    """The query of the present address with some of its parameters changed; None takes one out."""
    changed = asked.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    return changed.urlencode()


def choice(record: Any, name: str) -> str:
    """What a record's choice is called, `customer|choice("status")`; looked up once for a language."""
    value = getattr(record, name)
    choices = _choices_of(record._meta.label, name, translation.get_language() or "en")
    label = choices.get(value)
    return label if label is not None else str(value if value is not None else "")


@lru_cache(maxsize=512)
def _choices_of(model: str, name: str, language: str) -> dict[Any, str]:
    choices: Any = apps.get_model(model)._meta.get_field(name)
    return {key: str(label) for key, label in choices.flatchoices}


@lru_cache(maxsize=64)
def _locale_of(language: str) -> Locale:
    return Locale.parse(translation.to_locale(language))


@lru_cache(maxsize=64)
def _calendar_of(language: str) -> Locale:
    spoken = _locale_of(language)
    return INTERNATIONAL if spoken.language == "en" else spoken


@lru_cache(maxsize=8192)
def _day_written(value: date, form: str, where: Locale) -> str:
    return dates.format_date(value, form, locale=where)


@lru_cache(maxsize=1024)
def _near_day_written(value: date, where: Locale) -> str:
    return dates.format_skeleton("MMMd", value, locale=where)


@lru_cache(maxsize=8192)
def _number_written(value: Number, where: Locale) -> str:
    return numbers.format_decimal(value, locale=where)


@lru_cache(maxsize=8192)
def _percent_written(value: Number, where: Locale) -> str:
    return numbers.format_percent(value, locale=where)


@lru_cache(maxsize=64)
def _both_written(form: Any, where: Locale) -> str:
    return str(dates.get_datetime_format(form, locale=where)).replace("'", "")


def _time_written(value: datetime, form: str, where: Locale) -> str:
    """A time of day; where it consists of digits alone, they are put in by Babel's pattern without Babel."""
    pattern = _time_pattern(form, where)
    if pattern is None:
        return dates.format_time(value, form, locale=where)
    return pattern % {"HH": f"{value.hour:02}", "mm": f"{value.minute:02}", "ss": f"{value.second:02}"}


@lru_cache(maxsize=64)
def _time_pattern(form: Any, where: Locale) -> str | None:
    pattern = str(dates.get_time_format(form, locale=where).format)
    return pattern if set(re.findall(r"%\((.*?)\)s", pattern)) <= {"HH", "mm", "ss"} else None


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "clock_time": clock_time,
    "time_there": time_there,
    "moment": moment,
    "ago": ago,
    "when": when,
    "day_name": day_name,
    "number": number,
    "compact": compact,
    "percent": percent,
    "money": money,
    "listed": listed,
    "initials": initials,
    "choice": choice,
    "prose": prose,
    "phone": format_phone,
    "language_name": language_name,
    "filesize": file_size,
    "kind_name": kind_name,
    "key_word": key_word,
    "with_query": with_query,
}
