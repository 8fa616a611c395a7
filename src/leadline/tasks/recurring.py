"""On which day something that repeats comes next (TIM-7). Days are those of the task's own zone."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from dateutil.relativedelta import relativedelta

from leadline.tasks.models import Task

FRIDAY = 4
Repeats = Task.Repeats


def next_day(repeats: str, series_on: date, after: date) -> date:
    """The first day of a series after a day; a month without its day gives its last one."""
    return next(day for day in days_from(repeats, series_on, after) if day > after)


def days_from(repeats: str, series_on: date, near: date) -> Iterator[date]:
    """The days of a series from shortly before a day on, without end."""
    begun = max(0, (near - series_on).days)
    if repeats == Repeats.MONTHLY:
        whole = relativedelta(near, series_on)
        months = max(0, whole.years * 12 + whole.months)
        yield from (series_on + relativedelta(months=n) for n in count(months))
    elif repeats == Repeats.WEEKLY:
        yield from (series_on + timedelta(weeks=n) for n in count(begun // 7))
    else:
        days = (series_on + timedelta(days=n) for n in count(begun))
        yield from (day for day in days if repeats == Repeats.DAILY or day.weekday() <= FRIDAY)
