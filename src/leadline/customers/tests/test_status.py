"""Status and blocking, which are two questions (CUS-14, CUS-15)."""

from datetime import timedelta

import pytest

from leadline.core.clock import now
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers import actions
from leadline.customers.models import Customer
from leadline.timeline.models import Activity


def titles_of(customer) -> list[str]:
    """What stands on its timeline, oldest first."""
    return list(
        Activity.objects.filter(customer_id=customer.pk).order_by("id").values_list("title", flat=True)
    )


def test_a_change_of_status_stands_on_the_timeline(cast, make, by):
    """CUS-14: which it was and which it is."""
    customer = actions.change_status_of(make.customer(cast.rosa), status="churned", by=by(cast.rosa))

    assert customer.status == "churned"
    assert titles_of(customer) == ["Status: Prospect → Churned"]


@pytest.mark.parametrize("status", ["happy", "", "ACTIVE", None, 7, "active\x00"])
def test_an_unknown_status_is_refused_with_the_known(cast, make, by, status):
    """ALL-2: it says what is accepted."""
    with pytest.raises(RuleBroken, match="Active, Inactive, Prospect, Churned"):
        actions.change_status_of(make.customer(cast.rosa), status=status, by=by(cast.rosa))


def test_the_same_status_is_no_change(cast, make, by):
    """CUS-7: counted as unchanged, and nothing on the timeline."""
    customer = make.customer(cast.rosa)

    assert actions.change_status([customer.pk], status="prospect", by=by(cast.rosa)).unchanged == 1
    assert titles_of(customer) == []


def test_blocking_and_unblocking_restores_what_was(cast, make, by):
    """CUS-14: blocked is a state beside the status."""
    customer = make.customer(cast.rosa, status="active")

    blocked = actions.block_customer(customer, reason=" Fraud\nsuspected ", by=by(cast.rosa))
    assert (blocked.is_blocked, blocked.blocked_reason, blocked.status) == (
        True,
        "Fraud\nsuspected",
        "active",
    )
    after = actions.unblock_customer(blocked, by=by(cast.rosa))

    assert (after.is_blocked, after.blocked_reason, after.status) == (False, "", "active")
    assert titles_of(customer) == ["Blocked", "Unblocked"]


@pytest.mark.parametrize("reason", ["", "  \n ", "Fraud\x00", "x" * 501, "x" * 1_000_000, "\udc80"])
def test_a_reason_is_asked_for_and_never_cut(cast, make, by, reason):
    """CUS-14: empty, broken or overlong is refused beside the field."""
    customer = make.customer(cast.rosa)

    with pytest.raises(RuleBroken) as refused:
        actions.block_customer(customer, reason=reason, by=by(cast.rosa))

    assert refused.value.field == "reason"
    assert not Customer.objects.get(pk=customer.pk).is_blocked


def test_what_is_blocked_is_not_blocked_again(cast, make, by):
    """CUS-14: a rule says no, not the role."""
    customer = actions.block_customer(make.customer(cast.rosa), reason="Fraud", by=by(cast.rosa))

    with pytest.raises(RuleBroken, match="blocked already"):
        actions.block_customer(customer, reason="Again", by=by(cast.rosa))
    with pytest.raises(RuleBroken, match="not blocked"):
        actions.unblock_customer(make.customer(cast.rosa), by=by(cast.rosa))


def test_who_may_block(cast, make, by):
    """PPL-2: finance blocks any customer, support none."""
    customer = make.customer(cast.rosa)

    with pytest.raises(NotAllowed):
        actions.block_customer(customer, reason="Fraud", by=by(cast.sam))
    assert actions.block_customer(customer, reason="Unpaid", by=by(cast.fina)).is_blocked


def test_the_inactive_are_let_rest(cast, make, by):
    """CUS-15: active ones without interaction for N days; the timeline says that a rule did it."""
    quiet, heard, new = (make.customer(cast.rosa, status="active") for _ in range(3))
    Customer.objects.filter(pk__in=[quiet.pk, heard.pk]).update(created_at=now() - timedelta(days=200))
    make.activity(heard, days_ago=3)

    changed = actions.let_rest_the_inactive(after_days=90, by=by(cast.house, via="rule"))

    assert changed == 1
    assert Customer.objects.get(pk=quiet.pk).status == "inactive"
    assert Activity.objects.get(customer_id=quiet.pk).description.startswith("By rule")
    assert Customer.objects.get(pk=new.pk).status == "active"
