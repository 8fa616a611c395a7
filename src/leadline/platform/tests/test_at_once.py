"""Several senders at once: each event counts once, nobody waits in a circle, nothing is lost (PLT-2)."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Event

import pytest
from django.db import transaction

from leadline.core.clock import at
from leadline.core.partitions import ensure_month
from leadline.platform.actions import ingest_events
from leadline.platform.actions.archiving import put_month_away
from leadline.platform.actions.counting import count_days
from leadline.platform.archiving.months import write_month
from leadline.platform.models import (
    DepositedSum,
    FeatureDay,
    Payment,
    PlatformEvent,
    PlatformPulse,
    PlatformUser,
    UsageDay,
)
from leadline.platform.queries.archives import TABLE
from leadline.platform.tests.conftest import event
from leadline.platform.usage import catch_up, is_counted
from tests.at_once import at_once, until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_events_from_four_senders_count_once(cast, by):
    paid = {"amount": "2", "currency": "EUR", "method": "card"}
    rows = [event("deposit", f"u-{n % 20}", email=f"u{n % 20}@example.com", **paid) for n in range(200)]
    shuffled = [random.Random(turn).sample(rows, len(rows)) for turn in range(4)]

    outcomes = at_once(
        *(lambda rows=rows: ingest_events(rows, by=by(cast.ada, via="api")) for rows in shuffled)
    )

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert sum(taken.accepted for taken in outcomes) == 200
    assert sum(taken.duplicates for taken in outcomes) == 600
    assert (PlatformEvent.objects.count(), Payment.objects.count()) == (200, 200)
    assert PlatformUser.objects.count() == 20
    assert {pulse.deposits for pulse in PlatformPulse.objects.all()} == {10}
    assert set(DepositedSum.objects.values_list("amount", flat=True)) == {Decimal(20)}


def test_usage_is_counted_while_events_come_in_and_each_counts_once(cast, by):
    rows = [event("logged_in", f"u-{n % 7}") for n in range(120)]
    rows += [event("feature_used", f"u-{n % 7}", capability="boosts") for n in range(60)]
    batches = [rows[place : place + 15] for place in range(0, len(rows), 15)]
    house = by(cast.house, via="job")

    def send(mine):
        for batch in mine:
            ingest_events(batch, by=by(cast.ada, via="api"))

    def count():
        for _turn in range(20):
            catch_up(by=house)

    outcomes = at_once(lambda: send(batches[::2]), lambda: send(batches[1::2]), count, count)
    catch_up(by=house)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert is_counted()
    assert sum(UsageDay.objects.values_list("logins", flat=True)) == 120
    assert sum(FeatureDay.objects.values_list("times", flat=True)) == 60


def test_days_are_not_taken_for_empty_while_their_month_goes_into_a_file(cast, by, settings, tmp_path):
    settings.LEADLINE_DATA = tmp_path
    may, gone = date(2030, 5, 1), Event()
    house = by(cast.house, via="job")

    def put_away():
        ensure_month(TABLE, may)
        with transaction.atomic():
            put_month_away(may, write_month(may), by=by(cast.ada))
            gone.set()
            until_somebody_waits()

    def count():
        gone.wait(timeout=30)
        with transaction.atomic():
            count_days([(user, date(2030, 5, 9))], "UTC", by=house)

    with at(datetime(2031, 2, 15, tzinfo=UTC)):
        login = {**event("logged_in"), "time": "2030-05-09T12:00:00+00:00"}
        assert ingest_events([login], by=by(cast.ada, via="api")).accepted == 1
        catch_up(by=house)
        user = UsageDay.objects.get().user_id
        outcomes = at_once(put_away, count)

    assert outcomes == [None, None]
    assert UsageDay.objects.get().logins == 1
