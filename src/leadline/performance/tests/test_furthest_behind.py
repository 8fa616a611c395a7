"""Which gauges a dashboard shows: the furthest behind, each with what its metric answers (PRF-1, WSP-1)."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.automation.models import Credit
from leadline.core import clock
from leadline.core.conditions import Context
from leadline.core.fields import Viewer
from leadline.core.metrics import Question, answer_to, metric_named
from leadline.core.metrics.figures import is_rolled
from leadline.leads import actions as leads
from leadline.people.models import Team, User
from leadline.performance.actions import Wish, set_targets
from leadline.performance.gauges import gauges_for, gauges_of_most_behind, targets_running
from leadline.performance.models import Target
from leadline.performance.months import running
from leadline.platform.models import Payment
from leadline.platform.tests.conftest import event

WEDNESDAY = datetime(2026, 3, 4, 13, 0, tzinfo=UTC)
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
MONEY = ("credited_amount", "deposit_amount")
METRICS = ("calls", "new_leads", "leads_touched", *MONEY)


@pytest.fixture(autouse=True)
def wednesday():
    with clock.at(WEDNESDAY):
        yield


@pytest.fixture
def busy(cast, make, told, by):
    """Some people called, and were credited with what was paid in two currencies: today, and on Monday."""
    payers = [make.customer(each, email=f"{each.pk}@example.com") for each in (cast.rosa, cast.otto)]
    for person, times in ((cast.rosa, 5), (cast.otto, 2), (cast.mira, 1)):
        lead = make.lead(person)
        for number in range(times):
            with clock.at(WEDNESDAY - timedelta(minutes=1, days=2 * (number % 2))):
                leads.log_activity(lead, kind="call", title="Call", outcome="no_answer", by=by(person))
    for place, (payer, amount, currency) in enumerate(
        [(payers[0], "250.00", "EUR"), (payers[0], "33.35", "USD"), (payers[1], "10.01", "EUR")]
    ):
        paid = {"amount": amount, "currency": currency, "method": "card", "email": payer.email}
        told(event("deposit", f"u-{payer.pk}", ago=2880.0 * (place == 0), **paid))
        payment = Payment.objects.order_by("-id")[0]
        its = {"amount": payment.amount, "currency": currency, "at": payment.at}
        Credit.objects.create(payment=payment, user=(cast.rosa, cast.otto)[payer == payers[1]], **its)


def wishes(cast):
    """What may be aimed at: of whom, which metric, how often, in which currency."""
    whose = [cast.rosa, cast.otto, cast.mira, cast.rosa.team, cast.otto.team]
    return [
        (each, metric, every, currency)
        for each in whose
        for metric in METRICS
        for every in Target.Every.values
        for currency in (("EUR", "USD") if metric in MONEY else ("",))
    ]


def as_the_metric_answers(target, house):
    """What is reached of a target, asked of the metric alone."""
    kind, key = target.key
    period, _month = running(target.every, Context.of_organisation())
    whom = {"person": key} if kind == "user" else {"teams": (key,)}
    asked = Question(metric_named(target.metric, house), period, **whom)
    found = answer_to(asked, Viewer(user=house))
    return sum(Decimal(each.value) for each in found.totals if each.currency in ("", target.currency))


def test_what_is_reached_is_what_the_metric_answers(cast, by, busy):
    set_targets(MARCH, [Wish(*each[:3], Decimal(7), each[3]) for each in wishes(cast)], by=by(cast.ada))

    found = gauges_for(cast.ada, targets_running(cast.ada).in_order())

    assert len(found) == len(wishes(cast))
    targets = Target.objects.in_bulk()
    for gauge in found:
        expected = as_the_metric_answers(targets[gauge.target.pk], cast.house)
        assert gauge.reached == expected, (gauge.target, expected)
    assert {gauge.metric.name for gauge in found if gauge.reached} == set(METRICS)
    assert {gauge.target.currency for gauge in found if gauge.reached} == {"", "EUR", "USD"}
    assert sorted(gauge.reached for gauge in found if gauge.target.whose == "North") == sorted(
        as_the_metric_answers(each, cast.house) for each in Target.objects.filter(team=cast.north)
    )


def test_both_counts_and_records_are_asked(cast):
    period, _month = running("month", Context.of_organisation())
    rolled = {
        name: is_rolled(Question(metric_named(name, cast.house), period, by="team"), Viewer(user=cast.house))
        for name in METRICS
    }
    assert rolled == {**dict.fromkeys(METRICS, False), "calls": True, "credited_amount": True}


VALUES = st.one_of(
    st.decimals("0.01", "9999999999999999.99", places=2),
    st.decimals("0.01", "600", places=2),
    st.sampled_from(
        [Decimal(text) for text in ("5", "10", "100", "250", "33.35", "10.01", "283.36", "0.05")]
    ),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.dictionaries(st.integers(0, 104), VALUES, min_size=1, max_size=25),
    most=st.integers(1, 15),
)
def test_the_database_chooses_whom_the_gauges_show_furthest_behind(cast, busy, chosen, most):
    Target.objects.all().delete()
    known = wishes(cast)
    for place, value in chosen.items():
        whose, metric, every, currency = known[place]
        kind = {"team" if isinstance(whose, Team) else "user": whose}
        its = {"metric": metric, "every": every, "currency": currency, "value": value}
        Target.objects.create(month=MARCH, updated_at=WEDNESDAY, **kind, **its)
    targets = targets_running(cast.ada)

    everyone = gauges_for(cast.ada, targets)

    for gauge in everyone:
        assert gauge.share == min(Fraction(gauge.reached) * 100 // Fraction(gauge.value), 100)
    behind = sorted(
        everyone,
        key=lambda each: (
            each.target.kind == "user",
            each.share,
            each.target.whose,
            each.target.metric,
            each.target.every,
            each.target.pk,
        ),
    )
    assert gauges_of_most_behind(cast.ada, targets, most) == behind[:most]


def test_within_the_same_percent_they_stand_by_name(cast, by, busy):
    aims = [(cast.rosa, Decimal(200)), (cast.otto, Decimal(70)), (cast.mira, Decimal("33.3"))]
    set_targets(MARCH, [Wish(each, "calls", "month", value) for each, value in aims], by=by(cast.ada))

    found = gauges_of_most_behind(cast.ada, targets_running(cast.ada), 12)

    assert [(each.target.whose, each.share) for each in found] == [
        ("Otto Brandt", 2),  # 2.86 %
        ("Rosa Ibarra", 2),  # 2.5 %
        ("Mira Okafor", 3),
    ]


def test_nobody_is_shown_those_of_others(cast, by):
    whose = [cast.rosa, cast.otto, cast.north, cast.south]
    set_targets(MARCH, [Wish(each, "calls", "month", Decimal(9)) for each in whose], by=by(cast.ada))

    def shown(user):
        return [each.target.whose for each in gauges_of_most_behind(user, targets_running(user), 12)]

    assert shown(cast.lena) == ["North", "South", "Otto Brandt", "Rosa Ibarra"]
    assert shown(cast.rosa) == shown(cast.mira) == ["North", "Rosa Ibarra"]
    assert shown(cast.prue) == []


def test_a_week_is_kept_by_the_month_in_which_it_begins(cast, by):
    for month, value in ((MARCH, 20), (APRIL, 30)):
        wanted = [Wish(cast.north, "calls", every, Decimal(value)) for every in ("week", "month")]
        set_targets(month, wanted, by=by(cast.ada))

    with clock.at(datetime(2026, 4, 1, 13, 0, tzinfo=UTC)):  # a Wednesday
        found = gauges_of_most_behind(cast.ada, targets_running(cast.ada), 12)

    assert {(each.target.every, each.value) for each in found} == {("week", 20), ("month", 30)}


def test_somebodys_own_hours_say_what_is_expected_by_now(cast, by):
    mornings = dict.fromkeys(("monday", "tuesday", "wednesday"), "08:00\u201312:00")
    User.objects.filter(pk=cast.rosa.pk).update(hours=mornings, name="")
    set_targets(
        MARCH,
        [Wish(each, "calls", "week", Decimal(40)) for each in (cast.rosa, cast.otto)],
        by=by(cast.ada),
    )

    found = gauges_of_most_behind(cast.ada, targets_running(cast.ada), 12)

    assert {each.target.whose: each.expected for each in found} == {cast.rosa.email: 40, "Otto Brandt": 20}


def test_a_gauge_leads_to_the_records_that_it_counts(cast, as_, by, busy):
    aims = [(cast.rosa, "month"), (cast.north, "day"), (cast.otto, "week")]
    set_targets(MARCH, [Wish(each, "new_leads", every, Decimal(9)) for each, every in aims], by=by(cast.ada))

    for gauge in gauges_of_most_behind(cast.ada, targets_running(cast.ada), 12):
        page = as_(cast.ada).get(gauge.records).content.decode()
        expected = set(re.findall(r'href="(/leads/\d+/)"', page))
        assert len(expected) == gauge.reached > 0, gauge.records
