"""When somebody may be called, and when one tries again (LEA-5); also on nights when clocks are changed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from leadline.leads.calling import PAUSE, hours_of, may_be_called, next_good_time

DAY = hours_of(time(9), time(20), range(1, 8))
ZONES = (
    "Asia/Jakarta",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia",
    "Africa/Casablanca",
)


def _later(begins: int, length: int) -> time:
    ends = min(begins + length, 24 * 60 - 1)
    return time(ends // 60, ends % 60)


def at(zone: str, *when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(zone))


def there(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def test_in_the_morning_one_tries_again_two_hours_later_on_a_half_hour():
    moment = at("Asia/Jakarta", 2026, 3, 4, 10, 10)

    assert there(next_good_time("Asia/Jakarta", DAY, moment), "Asia/Jakarta") == "2026-03-04 12:30"


def test_in_the_evening_one_tries_again_as_soon_as_the_hours_begin():
    moment = at("Asia/Jakarta", 2026, 3, 4, 19, 30)

    assert there(next_good_time("Asia/Jakarta", DAY, moment), "Asia/Jakarta") == "2026-03-05 09:00"


def test_on_a_friday_evening_one_waits_for_monday():
    week = hours_of(time(9), time(20), [1, 2, 3, 4, 5])
    moment = at("Europe/Berlin", 2026, 3, 6, 18, 30)

    assert there(next_good_time("Europe/Berlin", week, moment), "Europe/Berlin") == "2026-03-09 09:00"


def test_on_the_night_when_clocks_go_forward():
    """02:30 is not there on 29 March 2026: the hours begin at the hour that follows it."""
    night = hours_of(time(2, 30), time(12), range(1, 8))
    moment = at("Europe/Berlin", 2026, 3, 28, 23, 0)

    assert there(next_good_time("Europe/Berlin", night, moment), "Europe/Berlin") == "2026-03-29 03:30"


def test_whether_one_may_call_goes_by_the_clock_there():
    moment = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)

    assert may_be_called("Asia/Jakarta", DAY, moment)
    assert not may_be_called("Europe/Berlin", DAY, moment)


@given(
    st.integers(0, 6 * 365 * 24 * 60),
    st.sampled_from(ZONES),
    st.integers(0, 23 * 60),
    st.integers(30, 12 * 60),
    st.integers(1, 127),
)
def test_what_is_proposed_is_later_and_within_the_hours_there(minutes, zone, begins, length, week):
    moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    days = [day for day in range(1, 8) if week & 1 << day - 1]
    hours = hours_of(time(begins // 60, begins % 60), _later(begins, length), days)
    proposed = next_good_time(zone, hours, moment)

    assert proposed >= moment + PAUSE
    assert proposed.tzinfo is UTC
    # The hours may fall into the one hour that a clock skips: then nothing at all lies in them that day.
    local = proposed.astimezone(ZoneInfo(zone))
    assert hours.hold(local) or not _any_minute(hours, zone, moment)


def _any_minute(hours, zone, moment):
    """Whether the hours have any quarter of an hour in the two weeks after the pause."""
    start = (moment + PAUSE).replace(second=0, microsecond=0) + timedelta(minutes=30)
    return any(
        hours.hold((start + timedelta(minutes=15 * step)).astimezone(ZoneInfo(zone)))
        for step in range(0, 14 * 96)
    )
