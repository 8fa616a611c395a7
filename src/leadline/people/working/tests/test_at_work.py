"""Who is at work and who is away, whatever the clocks do (PPL-1, ALL-6)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core.organisation import organisation
from leadline.people.models import User
from leadline.people.working import actions
from leadline.people.working.hours import DAY, WEEKDAYS, read_hours, shift_at, written_hours
from leadline.people.working.models import Absence
from leadline.people.working.queries import absent_on, at_work, loads_of, manager_of

BERLIN, NIGHT = ZoneInfo("Europe/Berlin"), "22:00–06:00+1"
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Jakarta", "Pacific/Kiritimati", "Pacific/Pago_Pago")
SOMEBODY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

spans = st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)).map(lambda span: (span[0], sum(span)))
weeks = st.dictionaries(st.sampled_from(WEEKDAYS), st.lists(spans, min_size=1, max_size=3))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


def only(*people):
    return User.objects.filter(pk__in=[person.pk for person in people])


@SOMEBODY
@given(weeks, moments, st.sampled_from(ZONES))
def test_a_span_holds_between_its_ends_on_the_wall_clock(week, moment, zone):
    """Weekday, minute, midnight, zone: as an almanac of all days around would say."""
    local = moment.astimezone(ZoneInfo(zone))
    wall = local.replace(tzinfo=None, second=0, microsecond=0)
    shift = shift_at({weekday: ", ".join(map(_text, spans)) for weekday, spans in week.items()}, local)
    holding = {
        day
        for day in (wall.date() + timedelta(days=back) for back in (-2, -1, 0, 1))
        for begins, ends in week.get(WEEKDAYS[day.weekday()], ())
        if _at(day, begins) <= wall < _at(day, ends)
    }

    assert (shift in holding) if holding else shift is None


def _text(span):
    begins, ends = span
    later = "+1" if ends > DAY else ""
    ends -= DAY if later else 0
    return f"{begins // 60}:{begins % 60:02}-{ends // 60}:{ends % 60:02}{later}"


def _at(day, minutes):
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 28), 7), ((2026, 10, 24), 9), ((2026, 6, 6), 8)])
def test_a_night_over_the_change_of_clocks_is_as_long_as_the_night(day, hours):
    """22 to 6 is seven hours when the clock goes forward, nine when it goes back."""
    week = read_hours({"saturday": NIGHT})
    begin = datetime(*day, 12, tzinfo=BERLIN).astimezone(UTC)
    minutes = sum(
        shift_at(week, (begin + timedelta(minutes=minute)).astimezone(BERLIN)) is not None
        for minute in range(DAY)
    )

    assert minutes == hours * 60


@SOMEBODY
@given(
    moment=moments,
    zone=st.sampled_from(ZONES),
    begins=st.integers(-3, 3),
    days=st.integers(0, 3),
)
def test_who_is_away_on_the_day_a_shift_began_is_not_at_work(cast, moment, zone, begins, days):
    """In each zone, at each moment, one query for everybody."""
    Absence.objects.all().delete()
    around_the_clock = dict.fromkeys(WEEKDAYS, "00:00–24:00")
    User.objects.filter(pk=cast.rosa.pk).update(time_zone=zone, hours=around_the_clock)
    here = moment.astimezone(ZoneInfo(zone)).date()
    first = here + timedelta(days=begins)
    last = first + timedelta(days=days)
    Absence.objects.create(user=cast.rosa, begins_on=first, ends_on=last)

    assert (cast.rosa.pk in at_work(only(cast.rosa), moment)) == (not first <= here <= last)
    assert (cast.rosa.pk in absent_on(only(cast.rosa), here)) == (first <= here <= last)


def test_a_shift_that_began_before_the_absence_is_ended(cast, by):
    actions.tell_hours(cast.rosa, monday=NIGHT, by=by(cast.rosa))
    User.objects.filter(pk=cast.rosa.pk).update(time_zone="Europe/Berlin")
    tuesday = date(2026, 12, 1)
    actions.enter_absence(cast.rosa, begins_on=tuesday, ends_on=tuesday, by=by(cast.rosa))
    early = datetime(2026, 12, 1, 5, 59, tzinfo=BERLIN)

    assert at_work(only(cast.rosa), early) == {cast.rosa.pk}
    assert at_work(only(cast.rosa), early + timedelta(minutes=1)) == set()


def test_everybody_is_asked_in_one_query(cast, by, django_assert_num_queries):
    """Who told nothing works the usual hours of the organisation; who left is not at work."""
    monday = date(2026, 11, 30)
    absence = actions.enter_absence(
        cast.otto, begins_on=monday, ends_on=monday, deputy=cast.rosa, by=by(cast.otto)
    )
    User.objects.filter(pk=cast.sam.pk).update(is_active=False)
    User.objects.filter(pk=cast.fina.pk).update(time_zone="no/such zone")
    people = only(cast.rosa, cast.otto, cast.sam, cast.fina)
    organisation()  # kept in the cache, as on any page

    with django_assert_num_queries(1):
        working = at_work(people, datetime(2026, 11, 30, 10, tzinfo=UTC))
    with django_assert_num_queries(1):
        away = absent_on(people, monday)
        assert away[cast.otto.pk].deputy == cast.rosa

    assert working == {cast.rosa.pk, cast.fina.pk}
    assert away == {cast.otto.pk: absence}


def test_loads_are_counted_in_one_query(cast, make, by, django_assert_num_queries):
    for _ in range(3):
        make.customer(cast.rosa)
    User.objects.filter(pk=cast.rosa.pk).update(capacity=2)

    with django_assert_num_queries(1):
        loads = loads_of(only(cast.rosa, cast.otto))

    assert (loads[cast.rosa.pk].has, loads[cast.rosa.pk].room, loads[cast.rosa.pk].is_over) == (3, 0, True)
    assert (loads[cast.otto.pk].has, loads[cast.otto.pk].room, loads[cast.otto.pk].is_over) == (
        0,
        None,
        False,
    )


def test_without_a_manager_of_ones_own_the_teams_counts(cast):
    assert manager_of(cast.rosa) == cast.mira
    assert manager_of(cast.mira) is None
    assert manager_of(cast.ada) is None
    cast.rosa.manager = cast.lena
    assert manager_of(cast.rosa) == cast.lena


def test_hours_are_written_as_they_are_read():
    week = dict.fromkeys(WEEKDAYS, "")
    week |= {"monday": "9:00-12.30, 13:00 – 24:00", "saturday": NIGHT}

    kept = read_hours(week)

    assert kept == {"monday": "09:00–12:30, 13:00–24:00", "saturday": NIGHT}
    assert read_hours(written_hours(kept)) == kept
    assert written_hours(None)["friday"] == "09:00–17:00"
