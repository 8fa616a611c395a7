"""Several senders at once: each event counts once, nobody waits in a circle, nothing is lost (PLT-2)."""

import random
from decimal import Decimal

import pytest

from leadline.platform.actions import ingest_events
from leadline.platform.models import DepositedSum, Payment, PlatformEvent, PlatformPulse, PlatformUser
from leadline.platform.tests.conftest import event
from tests.at_once import at_once

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
