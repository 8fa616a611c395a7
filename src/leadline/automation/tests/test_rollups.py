"""Counts and sums of payments and credits agree with the records, whatever happened (SIG-6, design 4.8)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.automation.models import Credit
from leadline.automation.tests.conftest import PAID, event
from leadline.core import clock
from leadline.core.fields import Viewer
from leadline.core.metrics import answer_to, question_of
from leadline.core.metrics.figures import is_rolled
from leadline.core.metrics.rollups.declaring import rollup_of
from leadline.core.metrics.rollups.keeping import build, compact, differences
from leadline.customers.actions import assign_customers
from leadline.platform.models import Payment
from tests.at_once import at_once

MORNING = datetime(2026, 3, 31, 22, 0, tzinfo=UTC)  # another day, and month, in Jakarta
KINDS = ("payment", "credit")
WHOLE = (
    {},
    {"by": "day"},
    {"by": "week"},
    {"by": "month"},
    {"by": "hour"},
    {"period": "2026-03-31"},
    {"period": "2026-03-05..2026-04-20", "by": "day"},
)
BY_PEOPLE = (
    {"by": "user"},
    {"by": "team"},
    {"period": "2026-02-10..2026-04-20", "by": "user"},
    {"user": "me"},
)
ASKED = {
    "deposits": WHOLE,
    "deposit_amount": WHOLE,
    "failed_deposits": WHOLE,
    "credited_deposits": (*WHOLE, *BY_PEOPLE),
    "credited_amount": (*WHOLE, *BY_PEOPLE),
}


@pytest.fixture(autouse=True)
def morning():
    with clock.at(MORNING):
        yield


@pytest.fixture
def world(cast, make, told, by):
    return World(cast, make, told, by)


class World:
    """Two customers on the platform, and what may happen to what they pay."""

    def __init__(self, cast, make, told, by):
        self.cast, self.told, self.by = cast, told, by
        self.people = [cast.rosa, cast.otto, cast.mira]
        self.customers = [
            make.customer(owner, email=f"payer-{place}@example.com")
            for place, owner in enumerate((cast.rosa, cast.otto))
        ]

    def happens(self, what, which, who, days):
        getattr(self, what)(which % 2, self.people[who], days * 1440.0 + which * 60)

    def pays(self, which, person, ago, kind="deposit", **more):
        amount, currency = ("250.00", "EUR") if which else ("12.5", "USD")
        paid = {**PAID, "amount": amount, "currency": currency, **more}
        self.told(event(kind, f"u-{which}", ago=ago, email=f"payer-{which}@example.com", **paid))

    def fails(self, which, person, ago):
        self.pays(which, person, ago, "deposit_failed", reason="insufficient_funds")

    def is_credited(self, which, person, ago):
        self.pays(which, person, ago)
        payment = Payment.objects.order_by("-id")[0]
        Credit.objects.get_or_create(
            payment=payment,
            defaults={
                "user": person,
                "amount": payment.amount,
                "currency": payment.currency,
                "at": payment.at,
            },
        )

    def is_corrected(self, which, person, ago):
        """By hand in the database, as nothing of ours changes a payment."""
        for one in Payment.objects.order_by("id")[which : which + 1]:
            later = one.at - timedelta(hours=5)
            Payment.objects.filter(pk=one.pk).update(state="failed", amount=Decimal("7.25"), at=later)
            Credit.objects.filter(payment=one).update(user=person, currency="IDR", at=later)

    def is_erased(self, which, person, ago):
        for one in Payment.objects.order_by("-id")[which : which + 1]:
            one.delete()

    def changes_hands(self, which, person, ago):
        owner = self.people[(ago > 0) + 0]
        assign_customers([self.customers[which].pk], owner=owner, by=self.by(self.cast.ada))

    def add_together(self, which, person, ago):
        compact()


DEEDS = ["pays", "fails", "is_credited", "is_corrected", "is_erased", "changes_hands", "add_together"]
STEPS = st.tuples(st.sampled_from(DEEDS), st.integers(0, 3), st.integers(0, 2), st.integers(0, 60))


def question(user, name, given_words):
    return question_of(name, {"period": "2026-01-01..2026-04-30", **given_words}, user)


def figures(answer):
    return sorted(
        (str(each.key), each.label, each.currency, each.value, each.count, each.records)
        for each in [*answer.totals, *answer.figures]
    )


def agree(cast, monkeypatch):
    for user in (cast.rosa, cast.mira, cast.lena, cast.ada, cast.house):
        for name, given_words in ASKED.items():
            for words in given_words:
                asked = question(user, name, words)
                counted = figures(answer_to(asked, Viewer(user=user)))
                with monkeypatch.context() as without:
                    without.setattr("leadline.core.metrics.figures.rolled", lambda *_given: None)
                    assert counted == figures(answer_to(asked, Viewer(user=user))), (user, name, words)
    assert [differences(rollup_of(kind)) for kind in KINDS] == [0, 0]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=6, max_size=20))
def test_sums_are_what_the_records_say_whatever_happened(cast, world, monkeypatch, steps):
    for step in steps:
        world.happens(*step)

    agree(cast, monkeypatch)


def test_each_thing_that_can_happen(cast, world, monkeypatch):
    for deed in ("pays", "fails", "is_credited", "pays", "is_credited"):
        for which in (0, 1):
            world.happens(deed, which, which, which * 20)
    agree(cast, monkeypatch)
    for deed in ("is_corrected", "add_together", "is_erased", "changes_hands"):
        world.happens(deed, 0, 1, 5)
        agree(cast, monkeypatch)
    for kind in KINDS:
        build(rollup_of(kind))
    agree(cast, monkeypatch)


def test_it_is_the_counts_that_answer_who_sees_all(cast):
    for name, given_words in ASKED.items():
        for words in given_words:
            asked = question(cast.ada, name, words)
            assert is_rolled(asked, Viewer(user=cast.ada)) is not (
                words == {"user": "me"} and name not in ("credited_deposits", "credited_amount")
            )
    by_owner = question(cast.ada, "deposits", {"by": "user"})  # whose the customer is by now
    assert not is_rolled(by_owner, Viewer(user=cast.ada))
    assert not is_rolled(question(cast.rosa, "deposits", {}), Viewer(user=cast.rosa))


@pytest.mark.django_db(transaction=True)
def test_batches_that_come_at_once_are_all_counted(cast, make, told, by):
    for kind in KINDS:
        build(rollup_of(kind))

    def batch(number):
        def tell():
            with clock.at(MORNING):
                told(*(event("deposit", f"b-{number}-{n}", **PAID) for n in range(5)))

        return tell

    outcomes = at_once(*map(batch, range(4)), compact, compact)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert answer_to(question(cast.ada, "deposits", {}), Viewer(user=cast.ada)).total.value == 20
    assert differences(rollup_of("payment")) == 0
