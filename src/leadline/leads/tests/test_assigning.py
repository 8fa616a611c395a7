"""Assigning: one, many, spread; two managers at once (LEA-7)."""

from datetime import timedelta

import pytest

from leadline.core.clock import now
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.leads import actions
from leadline.leads.models import Lead, Pulse


def test_assigning_moves_to_the_owners_team_and_stage(cast, make, by):
    lead = make.lead()

    lead = actions.assign_lead(lead, owner=cast.rosa, by=by(cast.lena))

    assert (lead.owner, lead.team, lead.stage.key) == (cast.rosa, cast.north, "assigned")
    assert Pulse.objects.get(lead=lead).owner_id == cast.rosa.pk


def test_taken_from_its_owner_it_is_new_again(cast, make, by):
    lead = actions.assign_lead(make.lead(cast.rosa), owner=None, by=by(cast.lena))

    assert (lead.owner, lead.stage.key) == (None, "new")


def test_what_somebody_assigned_meanwhile_stays_and_says_whose_it_is(cast, make, by):
    lead, seen_at = make.lead(), now()
    actions.assign_leads([lead.pk], owner=cast.rosa, by=by(cast.lena))

    done = actions.assign_leads([lead.pk], owner=cast.otto, seen_at=seen_at, by=by(cast.ada))

    lead.refresh_from_db()
    assert lead.owner == cast.rosa
    assert done.refused == {lead.pk: "It was assigned to Rosa Ibarra in the meantime."}


def test_who_looked_afterwards_may_assign_again(cast, make, by):
    lead = make.lead(cast.rosa)

    done = actions.assign_leads([lead.pk], owner=cast.otto, seen_at=now(), by=by(cast.ada))

    assert done.changed == [lead.pk]


def test_a_manager_assigns_within_the_own_teams_only(cast, make, by):
    lead = make.lead(cast.rosa)

    with pytest.raises(RuleBroken):
        actions.assign_lead(lead, owner=cast.otto, by=by(cast.mira))
    with pytest.raises(NotAllowed):
        actions.assign_lead(lead, owner=cast.rosa, by=by(cast.rosa))


def test_spreading_goes_by_present_load(cast, make, by):
    """Rosa has three open leads already, Otto none: of five new ones he gets four."""
    for _number in range(3):
        make.lead(cast.rosa)
    new = [make.lead() for _number in range(5)]

    done = actions.spread_leads([lead.pk for lead in new], among=[cast.rosa, cast.otto], by=by(cast.lena))

    got = list(Lead.objects.filter(pk__in=done.changed).values_list("owner", flat=True))
    assert (len(got), got.count(cast.otto.pk), got.count(cast.rosa.pk)) == (5, 4, 1)


def test_closed_leads_are_no_load(cast, make, by):
    closed = make.lead(cast.rosa)
    actions.disqualify_lead(closed, reason=_reason("no_budget"), by=by(cast.ada))
    lead = make.lead()

    done = actions.spread_leads([lead.pk], among=[cast.otto, cast.rosa], by=by(cast.lena))

    assert done.changed == [lead.pk]
    assert Lead.objects.get(pk=lead.pk).owner_id == min(cast.otto.pk, cast.rosa.pk)


def test_the_new_owner_is_told_once(cast, make, by, settle):
    ids = [make.lead().pk for _number in range(3)]
    actions.assign_leads(ids, owner=cast.rosa, by=by(cast.lena))

    settle()

    told = list(cast.rosa.notifications.values_list("text", flat=True))
    assert told == ["Lena Sari handed you 3 leads."]


def test_a_seen_moment_before_the_assignment_refuses_only_that_lead(cast, make, by):
    seen_at = now() - timedelta(minutes=1)
    first, second = make.lead(), make.lead()
    actions.assign_leads([first.pk], owner=cast.rosa, by=by(cast.lena))

    done = actions.assign_leads([first.pk, second.pk], owner=cast.otto, seen_at=seen_at, by=by(cast.ada))

    assert (done.changed, list(done.refused)) == ([second.pk], [first.pk])


def _reason(key):
    from leadline.leads.models import Reason

    return Reason.objects.get(key=key)
