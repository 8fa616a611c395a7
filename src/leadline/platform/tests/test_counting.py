"""Usage per user and day: what the events come to, in whatever order they came (PLT-7)."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from leadline.core.clock import at, now, zone_of
from leadline.core.organisation import Organisation, forget_organisation
from leadline.plans.keys import capability_key
from leadline.plans.models import Capability
from leadline.platform.actions import count_anew, fold_usage, folding
from leadline.platform.actions.counting import COUNTED, GAP, SIGHTS
from leadline.platform.models import FeatureDay, UsageDay, UsageDue
from leadline.platform.tests.conftest import event
from leadline.platform.usage import catch_up
from tests.cast import undone

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def counted(cast, by):
    """Let usage catch up, as the worker does."""
    return lambda: catch_up(by=by(cast.house, via="job"))


def days(user="u-1"):
    """Day → what was counted of it."""
    columns = ("day", "logins", "seconds", "listings", "views", "inquiries", "searches")
    rows = UsageDay.objects.filter(user__external_id=user).order_by("day").values_list(*columns)
    return {f"{day:%m-%d}": tuple(counts) for day, *counts in rows}


def told_at(moment, kind="seen", user="u-1", **details):
    """An event at a moment."""
    return {**event(kind, user, **details), "time": moment.isoformat()}


def in_zone(name):
    """The organisation's days begin elsewhere."""
    Organisation.objects.filter(pk=1).update(time_zone=name)
    forget_organisation()


def test_each_kind_counts_on_its_day(told, counted):
    with at(NOON + timedelta(days=1)):
        told(
            told_at(NOON, "logged_in"),
            told_at(NOON + timedelta(minutes=1), "listing_created"),
            told_at(NOON + timedelta(minutes=2), "listing_viewed"),
            told_at(NOON + timedelta(minutes=2), "listing_viewed"),
            told_at(NOON + timedelta(minutes=3), "inquiry_received"),
            told_at(NOON + timedelta(minutes=4), "search"),
            told_at(NOON + timedelta(hours=13), "logged_in"),
        )
        counted()

    assert days() == {"11-10": (1, 240, 1, 2, 1, 1), "11-11": (1, 0, 0, 0, 0, 0)}
    assert not UsageDue.objects.exists()


def test_minutes_are_those_between_sights_at_most_five_minutes_apart(told, counted):
    with at(NOON + timedelta(hours=2)):
        told(
            *(told_at(NOON + timedelta(minutes=minute), "seen") for minute in (0, 4, 9)),
            told_at(NOON + timedelta(minutes=14, seconds=1)),  # a silence longer than five minutes
            told_at(NOON + timedelta(minutes=16), "logged_out"),
            told_at(NOON + timedelta(minutes=17)),  # came back: the minute between was away
            told_at(NOON + timedelta(minutes=18), "listing_viewed"),  # by others: no sign of life
        )
        counted()

    assert days()["11-10"][1] == 9 * 60 + 119


def test_what_goes_over_midnight_is_cut_there(told, counted):
    midnight = NOON.replace(hour=0)
    with at(NOON):
        told(told_at(midnight - timedelta(minutes=2)), told_at(midnight + timedelta(minutes=1)))
        counted()

    assert {day: counts[1] for day, counts in days().items()} == {"11-09": 120, "11-10": 60}


def test_days_are_those_of_the_organisation(told, counted):
    in_zone("Asia/Jakarta")
    with at(NOON + timedelta(days=1)):
        told(told_at(NOON.replace(hour=18), "logged_in"))
        counted()

        assert list(days()) == ["11-11"]
        in_zone("UTC")
        counted()

    assert list(days()) == ["11-10"]


def test_late_events_count_on_the_day_they_happened(told, counted):
    with at(NOON):
        told(told_at(NOON - timedelta(minutes=4)))
        counted()
        told(told_at(NOON), told_at(NOON - timedelta(days=40), "logged_in"))
        counted()
        counted()

    assert days() == {"10-01": (1, 0, 0, 0, 0, 0), "11-10": (0, 240, 0, 0, 0, 0)}


def test_features_by_whatever_way_their_name_is_written(told, counted):
    with at(NOON):
        told(
            told_at(NOON, "feature_used", capability="Active listings", amount="7"),
            told_at(NOON - timedelta(minutes=3), "feature_used", capability="active-listings", amount="9"),
            told_at(NOON, "feature_used", capability="Boosts"),
        )
        counted()

    uses = FeatureDay.objects.order_by("capability__key").values_list(
        "capability__key", "times", "amount", "highest", "last"
    )
    assert list(uses) == [("active_listings", 2, 16, 9, 7), ("boosts", 1, 1, 1, 1)]
    found = Capability.objects.get(key="boosts")
    assert (found.name, found.kind, found.default_limit) == ("Boosts", "metered", None)
    assert found.found_at


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Active listings", "a-b_c", "  Ä b\tC ", "x", "7 Tage", "a - b"])
def test_the_database_knows_a_capability_by_the_same_key(told, counted, name):
    with at(NOON):
        told(told_at(NOON, "feature_used", capability=name))
        counted()

    assert FeatureDay.objects.get().capability.key == capability_key(name)


def test_counting_all_anew_comes_to_the_same(told, counted, cast, by):
    with at(NOON):
        told(told_at(NOON, "logged_in"), told_at(NOON, "feature_used", "u-2", capability="boosts"))
        counted()
        before = (days(), list(FeatureDay.objects.values()))
        UsageDay.objects.update(logins=7)
        FeatureDay.objects.update(times=7)
        count_anew(by=by(cast.ada))
        counted()

    assert (days(), list(FeatureDay.objects.values())) == before


def test_what_broke_off_is_counted_next_time_and_nothing_twice(told, counted):
    with at(NOON):
        told(told_at(NOON, "logged_in"), told_at(NOON, "feature_used", capability="boosts"))
        with undone():  # as when the worker is killed
            counted()
            assert days()
        assert UsageDue.objects.exists()
        assert not days()
        counted()
        counted()

    assert days() == {"11-10": (1, 0, 0, 0, 0, 0)}
    assert FeatureDay.objects.get().times == 1


_KINDS = some.sampled_from([*SIGHTS, *COUNTED.values(), "feature_used", "deposit"])
_HAPPENED = some.tuples(
    _KINDS,
    some.sampled_from(["u-1", "u-2"]),
    some.integers(0, 3 * 24 * 12).map(lambda steps: timedelta(minutes=5 * steps)),
    some.integers(-70, 70).map(lambda seconds: timedelta(seconds=seconds)),
    some.sampled_from(["boosts", "Boosts", "data_export"]),
    some.sampled_from([None, "2", "0.5", "12"]),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    happened=some.lists(_HAPPENED, max_size=40),
    seed=some.integers(0, 1000),
    size=some.integers(1, 15),
    zone=some.sampled_from(["UTC", "Asia/Jakarta", "America/St_Johns"]),
)
def test_usage_is_what_counting_the_events_comes_to(told, counted, happened, seed, size, zone):
    """Whatever the order, the batches, and how often it is counted meanwhile."""
    start = NOON - timedelta(days=4)
    rows = [
        _event(start + step + off, kind, user, name, amount)
        for kind, user, step, off, name, amount in happened
    ]
    chance = random.Random(seed)
    chance.shuffle(rows)
    with undone(), at(NOON):
        in_zone(zone)
        for place in range(0, len(rows), size):
            told(*rows[place : place + size])
            if chance.random() < 0.5:
                counted()
        counted()

        assert _kept() == _counted_by_hand(rows, zone)


def _event(moment, kind, user, name, amount):
    more = {"capability": name} if kind == "feature_used" else {}
    if kind == "deposit":
        more = {"amount": "5", "currency": "EUR", "method": "card"}
    elif kind == "feature_used" and amount:
        more["amount"] = amount
    return told_at(moment, kind, user, **more)


def _kept():
    names = ("logins", "seconds", "listings", "views", "inquiries", "searches")
    kept = {
        (user, day): dict(zip(names, counts, strict=True))
        for user, day, *counts in UsageDay.objects.values_list("user__external_id", "day", *names)
    }
    uses = FeatureDay.objects.values_list(
        "user__external_id", "day", "capability__key", "times", "amount", "highest"
    )
    return kept, {(user, day, key): tuple(counts) for user, day, key, *counts in uses}


def _counted_by_hand(rows, zone):
    """The rule in plain Python: day by day, event by event."""
    days, uses = defaultdict(lambda: defaultdict(timedelta)), defaultdict(list)
    counts = defaultdict(lambda: dict.fromkeys(("logins", "listings", "views", "inquiries", "searches"), 0))
    names = {kind: name for name, kind in COUNTED.items()}
    sights = defaultdict(list)
    for row in rows:
        moment, user, kind = datetime.fromisoformat(row["time"]), row["user"]["id"], row["kind"]
        day = moment.astimezone(zone_of(zone)).date()
        if kind in names:
            counts[user, day][names[kind]] += 1
        if kind == "feature_used":
            uses[user, day, capability_key(row["capability"])].append(Decimal(row.get("amount") or 1))
        if kind in SIGHTS:
            sights[user].append((moment, kind))
    for user, seen in sights.items():
        _there(sorted(seen, key=lambda sight: (sight[0], sight[1] == "logged_out")), days[user], zone)
    kept = {key: {**its, "seconds": 0} for key, its in counts.items()}
    for user, spent in days.items():
        for day, time in spent.items():
            if seconds := int(time.total_seconds()):
                nothing = dict.fromkeys(names.values(), 0)
                kept[user, day] = {**nothing, **kept.get((user, day), {}), "seconds": seconds}
    return kept, {key: (len(each), sum(each), max(each)) for key, each in uses.items()}


def _there(seen, spent, zone):
    """Add the time between sights to the days in which it lies."""
    for (before, kind), (moment, _kind) in pairwise(seen):
        if kind == "logged_out" or moment - before > GAP:
            continue
        while before < moment:
            here = before.astimezone(zone_of(zone))
            ends = datetime.combine(here.date() + timedelta(days=1), datetime.min.time(), zone_of(zone))
            until = min(moment, ends.astimezone(UTC))
            spent[here.date()] += until - before
            before = until


def test_days_that_many_batches_left_are_counted_once(cast, by, monkeypatch):
    monkeypatch.setattr(folding, "DAYS_AT_ONCE", 2)
    moment = now()
    for users in ([1, 2], [2, 1], [1, 2, 3], [4]):
        UsageDue.objects.create(user_ids=users, first_at=moment, last_at=moment)

    left = []
    while fold_usage(by=by(cast.ada)):
        left.append([due.user_ids for due in UsageDue.objects.order_by("pk")])

    assert left == [[[1, 2, 3], [4]], [[4]], []]
