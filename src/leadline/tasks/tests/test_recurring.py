"""What repeats comes on the right day and at the right time of the clock on the wall (TIM-7)."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.tasks.models import Task
from leadline.tasks.recurring import next_day
from leadline.tasks.times import clock_of, moment_of

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Jakarta", "Australia/Lord_Howe", "Pacific/Apia")
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(st.sampled_from(Task.Repeats.values), days, st.integers(0, 4_000))
def test_the_next_day_is_the_first_of_the_series_after_a_day(repeats, series_on, later):
    """Nothing is skipped, and nothing comes twice."""
    after = series_on + timedelta(days=later)

    found = next_day(repeats, series_on, after)

    between = [after + timedelta(days=n) for n in range(1, (found - after).days + 1)]
    assert [day for day in between if _belongs(repeats, series_on, day)] == [found]


@given(days, st.integers(1, 60))
def test_a_monthly_one_keeps_its_day_through_short_months(series_on, times):
    """31 January, 28 February, 31 March: the end of a month never wears the day down."""
    day = series_on
    for _each in range(times):
        day = next_day(Task.Repeats.MONTHLY, series_on, day)

    months = series_on.month - 1 + times
    year, month = series_on.year + months // 12, months % 12 + 1
    assert day == date(year, month, min(series_on.day, monthrange(year, month)[1]))


@given(days, st.times(), st.sampled_from(ZONES))
def test_the_clock_on_the_wall_shows_the_same_time(day, at, zone):
    """ALL-6: but for a time that the night skips, which is as much later as the clocks jump."""
    at = at.replace(microsecond=0)
    shown_day, shown = clock_of(moment_of(day, at, zone), zone)

    if (shown_day, shown) != (day, at):
        skipped = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
        assert skipped.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != (
            datetime.combine(day, at)
        )
        assert datetime.combine(shown_day, shown) > datetime.combine(day, at)


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 3, 28), "2026-03-28T01:30:00+00:00"),  # winter
        (date(2026, 3, 29), "2026-03-29T01:30:00+00:00"),  # 2:30 is skipped: 3:30 in summer time
        (date(2026, 3, 30), "2026-03-30T00:30:00+00:00"),  # summer
        (date(2026, 10, 25), "2026-10-25T00:30:00+00:00"),  # 2:30 comes twice: the first
    ],
)
def test_daylight_saving_nights(day, moment):
    """Half past two in Berlin."""
    assert moment_of(day, time(2, 30), "Europe/Berlin").isoformat() == moment


def _belongs(repeats, series_on, day):
    if repeats == Task.Repeats.MONTHLY:
        return day.day == min(series_on.day, monthrange(day.year, day.month)[1])
    if repeats == Task.Repeats.WEEKLY:
        return day.weekday() == series_on.weekday()
    return repeats == Task.Repeats.DAILY or day.weekday() < 5
