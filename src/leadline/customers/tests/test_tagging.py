"""Tags, put on and taken off in sets (CUS-7)."""

import pytest

from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers import actions


def test_on_and_off_in_the_order_given(cast, make, by):
    """CUS-7: what was there stays where it was."""
    customer = make.customer(cast.rosa, tags=["vip", "asia"])

    changed = actions.tag_customer(customer, add=[" new ", "vip"], remove=["asia"], by=by(cast.rosa))

    assert changed.tags == ["vip", "new"]


def test_a_tag_that_is_there_is_no_change(cast, make, by):
    """CUS-7: counted as unchanged, whatever the order."""
    customer = make.customer(cast.rosa, tags=["vip", "asia"])

    done = actions.tag_customers([customer.pk], add=["asia"], remove=["gone"], by=by(cast.rosa))

    assert (done.changed, done.unchanged) == ([], 1)


@pytest.mark.parametrize(
    "answers",
    [
        {"add": ["t" * 60]},
        {"add": ["t" * 1_000_000]},
        {"add": ["a\x00b"]},
        {"remove": ["a\x00b"]},
        {"add": ["\ud800"]},
        {"add": ["a,b"]},
        {"add": [["nested"]]},
        {"add": [None, {}]},
        {"add": [f"tag {number}" for number in range(51)]},
        {"add": ["", "  "]},
        {},
    ],
)
def test_what_is_no_tag_is_refused_beside_its_answer(cast, make, by, answers):
    """ALL-2: overlong, broken, too many, or none at all."""
    customer = make.customer(cast.rosa)

    with pytest.raises(RuleBroken) as refused:
        actions.tag_customer(customer, **answers, by=by(cast.rosa))

    assert refused.value.field == next(iter(answers), "add")


def test_no_customer_gets_more_than_fifty(cast, make, by):
    """CUS-7: refused for that one, unless as many are taken off."""
    full = make.customer(cast.rosa, tags=[f"tag {number}" for number in range(50)])
    other = make.customer(cast.rosa)

    done = actions.tag_customers([full.pk, other.pk], add=["one more"], by=by(cast.rosa))
    swapped = actions.tag_customer(full, add=["one more"], remove=["tag 7"], by=by(cast.rosa))

    assert (done.changed, list(done.refused)) == ([other.pk], [full.pk])
    assert len(swapped.tags) == 50


def test_others_customers_are_not_tagged(cast, make, by):
    """PPL-4: tagging is editing."""
    with pytest.raises(NotAllowed):
        actions.tag_customer(make.customer(cast.otto), add=["mine"], by=by(cast.rosa))
