"""Two people at the same leads at the same moment, in real transactions (LEA-4, LEA-7)."""

from functools import partial
from threading import Event

import pytest
from django.db import transaction

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.leads import actions
from leadline.leads.models import Lead, Stage
from tests.at_once import at_once, until_somebody_waits


@pytest.mark.django_db(transaction=True)
def test_each_lead_gets_one_owner_and_each_manager_is_told_the_truth(cast, make):
    ids = [make.lead().pk for _number in range(40)]
    for _turn in range(3):
        Lead.objects.update(owner=None, team=None, assigned_at=None)
        seen_at = now()
        gave = at_once(
            partial(actions.assign_leads, ids, owner=cast.rosa, seen_at=seen_at, by=Actor(cast.lena)),
            partial(actions.assign_leads, ids[::-1], owner=cast.otto, seen_at=seen_at, by=Actor(cast.ada)),
        )
        owners = dict(Lead.objects.filter(pk__in=ids).values_list("pk", "owner"))
        first, second = gave
        assert sorted([*first.changed, *second.changed]) == sorted(ids)
        assert all(owners[pk] == cast.rosa.pk for pk in first.changed)
        assert all(owners[pk] == cast.otto.pk for pk in second.changed)
        assert set(first.refused) == set(second.changed)
        assert set(second.refused) == set(first.changed)


@pytest.mark.django_db(transaction=True)
def test_whoever_waited_while_a_lead_was_moved_is_told_where_it_stands(cast, make):
    """What is locked together with its stage is found although the stage is another one by now (ALL-6)."""
    lead, begun = make.lead(cast.rosa, name="Ayu"), Event()
    stages = {stage.key: stage for stage in Stage.objects.all()}

    def move() -> None:
        with transaction.atomic():
            actions.set_stage_of(lead, stage=stages["qualified"], by=Actor(cast.lena))
            begun.set()
            until_somebody_waits()

    def move_too() -> object:
        begun.wait(30)
        return actions.move_lead(
            lead, to=stages["contacting"], seen=stages[lead.stage.key], by=Actor(cast.rosa)
        )

    moved, told = at_once(move, move_too)

    assert moved is None
    assert isinstance(told, RuleBroken)
    assert "Ayu to Qualified" in str(told)
