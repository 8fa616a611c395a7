"""Events come in once, whole, each by its rule (PLT-1, PLT-2)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from leadline.core.clock import at, now
from leadline.core.events import EventRecord
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.platform.actions import (
    change_platform_rules,
    forget_seen_events,
    ingest_events,
    let_go_who_left,
)
from leadline.platform.models import (
    DepositedSum,
    Payment,
    PlatformEvent,
    PlatformPulse,
    PlatformUser,
    SeenEvent,
)
from leadline.platform.tests.conftest import event

DEPOSIT = {"amount": "25.50", "currency": "EUR", "method": "card"}


def pulse(user="u-1"):
    return PlatformPulse.objects.get(user__external_id=user)


def test_an_event_makes_its_user_known_and_is_kept_once(told):
    first = event("logged_in", email="Ana@Example.com", page="/home", device="Android")

    taken, again = told(first, event("page", page="/pay")), told(first)

    assert (taken.accepted, taken.duplicates, taken.refused) == (2, 0, [])
    assert (again.accepted, again.duplicates) == (0, 1)
    user = PlatformUser.objects.get(external_id="u-1")
    assert user.email == "ana@example.com"
    assert list(user.events.order_by("at").values_list("kind", flat=True)) == ["logged_in", "page"]
    assert (pulse().page, pulse().device, pulse().last_event) == ("/pay", "Android", "page")
    assert pulse().last_login_at is not None


def test_of_two_with_one_id_in_a_batch_the_first_counts(told):
    one = event("deposit", **DEPOSIT)

    taken = told(one, {**one, "amount": "99"})

    assert (taken.accepted, taken.duplicates) == (1, 1)
    assert Payment.objects.get().amount == Decimal("25.5")


def test_an_event_that_was_forgotten_is_still_kept_once(told, cast, by):
    one = event("deposit", **DEPOSIT)
    told(one)
    with at(now() + timedelta(days=8)):
        assert forget_seen_events(by=by(cast.house, via="job")) == 1
        again = told(one)

    assert SeenEvent.objects.count() == 1
    assert (again.accepted, again.duplicates) == (0, 1)
    assert (PlatformEvent.objects.count(), Payment.objects.count()) == (1, 1)
    assert DepositedSum.objects.get().amount == Decimal("25.5")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "teleported"}, "kind"),
        ({"kind": 7}, "kind"),
        ({"id": ""}, "id"),
        ({"id": None}, "id"),
        ({"id": "x" * 201}, "id"),
        ({"time": "yesterday"}, "time"),
        ({"time": "2026-01-01T10:00:00"}, "time"),
        ({"time": "0001-01-01T00:00:00+00:00"}, "time"),
        ({"time": "9999-12-31T23:59:59+00:00"}, "time"),
        ({"time": 12}, "time"),
        ({"user": "u-1"}, "user"),
        ({"user": {}}, "user.id"),
        ({"user": {"id": "erased:1"}}, "user.id"),
        ({"user": {"id": "a\x00b"}}, "user.id"),
        ({"user": {"id": "u", "email": "no address"}}, "user.email"),
        ({"user": {"id": "u", "country": "Atlantis"}}, "user.country"),
        ({"kind": "deposit"}, "amount"),
        ({"kind": "deposit", **DEPOSIT, "amount": "-1"}, "amount"),
        ({"kind": "deposit", **DEPOSIT, "amount": "0"}, "amount"),
        ({"kind": "deposit", **DEPOSIT, "amount": "NaN"}, "amount"),
        ({"kind": "deposit", **DEPOSIT, "amount": "1e9"}, "amount"),
        ({"kind": "deposit", **DEPOSIT, "amount": True}, "amount"),
        ({"kind": "deposit", **DEPOSIT, "amount": "1.23456"}, "amount"),
        ({"kind": "deposit", **DEPOSIT, "amount": "999999999999999"}, "amount"),
        ({"kind": "deposit", **DEPOSIT, "currency": "Euro"}, "currency"),
        ({"kind": "deposit", **DEPOSIT, "by": "ghost"}, "by"),
        ({"kind": "feature_used"}, "capability"),
        ({"balance": "much"}, "balance"),
        ({"note": {"deep": 1}}, "note"),
        ({"note": "half \ud800"}, "note"),
        ({"page": "x" * 301}, "page"),
    ],
)
def test_a_bad_one_is_refused_with_its_field_and_the_good_are_kept(told, change, field):
    taken = told({**event(), **change}, event(user="u-2"))

    assert taken.accepted == 1
    assert [(refused.index, refused.rule.field) for refused in taken.refused] == [(0, field)]
    assert taken.refused[0].rule.message
    assert list(PlatformUser.objects.values_list("external_id", flat=True)) == ["u-2"]


def test_what_is_no_object_is_refused(told):
    taken = told([], "text", 7, None, event())

    assert taken.accepted == 1
    assert [refused.index for refused in taken.refused] == [0, 1, 2, 3]


def test_more_than_a_thousand_are_refused_as_a_whole(told):
    with pytest.raises(RuleBroken, match="1000"):
        told(*[event() for _ in range(1001)])


def test_only_who_may_sends_events(cast, by):
    for somebody in (cast.rosa, cast.lena, cast.fina, cast.aud):
        with pytest.raises(NotAllowed):
            ingest_events([event()], by=by(somebody))


def test_kinds_are_known_by_their_common_names(told):
    told(
        event("login"), event("Deposit failed", **DEPOSIT, decline_reason="card_expired"), event("heartbeat")
    )

    assert set(PlatformEvent.objects.values_list("kind", flat=True)) == {
        "logged_in",
        "deposit_failed",
        "seen",
    }
    assert Payment.objects.get().reason == "expired_card"


def test_a_platform_that_tells_more_than_asked_loses_nothing(told):
    told(event("seen", campaign="spring", score=3, premium=True, details={"theme": "dark"}))

    kept = PlatformEvent.objects.get().details
    assert kept == {"campaign": "spring", "score": 3, "premium": True, "theme": "dark"}


def test_an_amount_without_a_currency_is_in_that_of_the_organisation(told):
    told(event("deposit", amount=5, method="card"))

    assert Payment.objects.get().currency == "IDR"


def test_late_events_never_move_last_seen_back(told):
    told(event("page", ago=1, page="/new", balance="10", currency="EUR"))
    seen = pulse().last_seen_at

    told(event("logged_in", ago=3, page="/old", balance="99", currency="EUR"))

    assert pulse().last_seen_at == seen
    assert (pulse().page, pulse().balance, pulse().last_event) == ("/new", Decimal(10), "page")
    assert pulse().last_login_at is not None


def test_online_begins_with_the_visit_and_ends_with_leaving_or_silence(told, cast, by):
    told(event("logged_in", ago=3), event("seen", ago=1))
    since = pulse().online_since
    told(event("seen"))
    assert pulse().online_since == since

    told(event("logged_out"))
    assert pulse().online_since is None

    told(event("seen", user="u-2"))
    with at(now() + timedelta(minutes=6)):
        assert let_go_who_left(by=by(cast.house, via="job")) == 1
    assert pulse("u-2").online_since is None


def test_after_a_silence_a_new_visit_begins(told):
    told(event("seen", ago=4))
    first = pulse().online_since
    with at(now() + timedelta(minutes=4)):
        told(event("seen"))
        assert pulse().online_since > first


def test_an_old_event_brings_nobody_online(told):
    told(event("logged_in", ago=60))

    assert pulse().online_since is None


def test_how_long_somebody_is_online_can_be_set(told, cast, by):
    change_platform_rules(online_minutes=90, system="platform", by=by(cast.ada))
    told(event("logged_in", ago=60))

    assert pulse().online_since is not None
    with pytest.raises(RuleBroken):
        change_platform_rules(online_minutes=0, system="platform", by=by(cast.ada))


def test_payments_are_rows_of_their_own_with_sums_by_currency(told):
    told(
        event("deposit", **DEPOSIT, account="existing", by="self"),
        event("deposit", **{**DEPOSIT, "currency": "usd"}),
        event("deposit_failed", **DEPOSIT, reason="insufficient funds"),
        event("withdrawal", amount=3, currency="EUR"),
    )
    told(event("deposit", **DEPOSIT))

    rows = set(Payment.objects.values_list("kind", "state", "currency", "reason"))
    assert rows == {
        ("deposit", "done", "EUR", ""),
        ("deposit", "done", "USD", ""),
        ("deposit", "failed", "EUR", "insufficient_funds"),
        ("withdrawal", "done", "EUR", ""),
    }
    sums = dict(DepositedSum.objects.values_list("currency", "amount"))
    assert sums == {"EUR": Decimal("51"), "USD": Decimal("25.5")}
    assert (pulse().deposits, pulse().failed_deposits) == (3, 1)


def test_those_above_are_told_once_a_batch(told):
    told(event("registered"), event("seen", user="u-2"), event("deposit", user="u-2", **DEPOSIT))
    told(event("registered", user="u-2"), event("seen"))
    told(event("seen"), event("seen", user="u-2"))

    told_of = EventRecord.objects.filter(name__startswith="platform.").order_by("id")
    one, two = PlatformUser.objects.order_by("external_id").values_list("pk", flat=True)
    assert [(row.name, row.payload) for row in told_of] == [
        ("platform.PlatformUsersAppeared", {"count": 2, "registered_ids": [one]}),
        ("platform.PaymentsReceived", {"deposits": 1, "failed": 0, "withdrawals": 0}),
        ("platform.PlatformUsersAppeared", {"count": 1, "registered_ids": [two]}),
    ]


def test_a_user_that_changes_its_address_keeps_it_by_the_latest_event(told):
    told(event(email="old@example.com", ago=2))
    told(event(email="new@example.com", ago=1))
    told(event(email="older@example.com", ago=9))

    user = PlatformUser.objects.get()
    assert (user.email, user.version) == ("new@example.com", 2)


def test_an_older_event_tells_what_nobody_told_yet(told):
    told(event(email="new@example.com"))
    told({**event(ago=9), "user": {"id": "u-1", "email": "old@example.com", "name": "Ana"}})

    user = PlatformUser.objects.get()
    assert (user.email, user.name) == ("new@example.com", "Ana")


def test_a_batch_costs_the_same_for_one_user_and_for_many(told, django_assert_max_num_queries):
    told(*[event(user=f"u-{n}") for n in range(50)])
    with django_assert_max_num_queries(9):
        told(*[event(user=f"u-{n}") for n in range(50)])
    with django_assert_max_num_queries(9):
        told(*[event() for _ in range(1000)])
