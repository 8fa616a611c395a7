"""Handing customers over (CUS-7, PPL-3, PPL-4)."""

import pytest

from leadline.core.events.models import EventRecord
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers import actions
from leadline.customers.models import Customer


def test_a_customer_moves_to_the_owners_team(cast, make, by):
    """CUS-7: owner, team and the pulse's copies change together."""
    customer = actions.assign_customer(make.customer(cast.rosa), owner=cast.otto, by=by(cast.ada))

    assert (customer.owner, customer.team) == (cast.otto, cast.south)
    assert (customer.pulse.owner_id, customer.pulse.team_id) == (cast.otto.pk, cast.south.pk)


def test_taken_from_everybody(cast, make, by):
    """CUS-7: nobody is an owner too."""
    customer = actions.assign_customer(make.customer(cast.rosa), owner=None, by=by(cast.ada))

    assert (customer.owner, customer.team, customer.pulse.owner_id) == (None, None, None)


def test_a_manager_hands_over_within_her_teams_only(cast, make, by):
    """PPL-3: neither to people of other teams, nor from them."""
    hers, his = make.customer(cast.rosa), make.customer(cast.otto)

    with pytest.raises(RuleBroken, match="own teams"):
        actions.assign_customer(hers, owner=cast.otto, by=by(cast.mira))
    done = actions.assign_customers([hers.pk, his.pk], owner=cast.mira, by=by(cast.mira))

    assert (done.changed, done.refused) == ([hers.pk], {his.pk: "There is no such customer."})


def test_a_seller_hands_over_nothing(cast, make, by):
    """PPL-2: not even her own."""
    with pytest.raises(NotAllowed):
        actions.assign_customer(make.customer(cast.rosa), owner=cast.rosa, by=by(cast.rosa))


def test_who_has_left_receives_nothing(cast, make, by):
    """PPL-1: a leaver owns nothing new."""
    cast.otto.is_active = False

    with pytest.raises(RuleBroken, match="has left"):
        actions.assign_customer(make.customer(cast.rosa), owner=cast.otto, by=by(cast.ada))


def test_of_a_set_each_is_told(cast, make, by):
    """CUS-7: how many change, how many need none, and why others can't; the event is told once."""
    new, same, gone = make.customer(cast.rosa), make.customer(cast.otto), make.customer(cast.rosa)
    actions.archive_customer(gone, by=by(cast.ada))

    done = actions.assign_customers(
        [new.pk, same.pk, gone.pk, 2**62, new.pk], owner=cast.otto, by=by(cast.ada)
    )

    assert (done.changed, done.unchanged) == ([new.pk], 1)
    assert done.refused == {
        gone.pk: "It is archived; restore it first.", 2**62: "There is no such customer.",
    }  # fmt: skip
    assert EventRecord.objects.filter(name="customers.CustomersAssigned").count() == 1
    assert Customer.objects.get(pk=new.pk).version == 2
