"""Two managers, or a manager and the rules, assign the same thousand leads at once, twenty times (LEA-7)."""

from functools import partial

import pytest

from leadline.assignment.actions import assign_by_rules
from leadline.assignment.models import Turn
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.drafts import Draft
from leadline.leads.actions import add_leads, assign_leads
from leadline.leads.models import Lead
from tests.at_once import at_once

LEADS, TURNS = 1_000, 20


@pytest.mark.django_db(transaction=True)
def test_each_lead_gets_one_owner_and_each_is_told_the_truth(cast, floor):
    floor.rule()
    drafts = [
        Draft(row=number, values={"name": f"L{number}", "email": f"l{number}@example.com"})
        for number in range(LEADS)
    ]
    ids = sorted(add_leads(drafts, by=Actor(cast.ada)).created.values())
    ways = {
        "hand": lambda seen_at: partial(
            assign_leads, ids, owner=cast.rosa, seen_at=seen_at, by=Actor(cast.lena)
        ),
        "other": lambda seen_at: partial(
            assign_leads, ids[::-1], owner=cast.otto, seen_at=seen_at, by=Actor(cast.ada)
        ),
        "rules": lambda seen_at: partial(assign_by_rules, "lead", ids, seen_at=seen_at, by=Actor(cast.ada)),
        "again": lambda seen_at: partial(
            assign_by_rules, "lead", ids[::-1], seen_at=seen_at, by=Actor(cast.lena)
        ),
    }
    for turn in range(TURNS):
        one, two = (("hand", "other"), ("rules", "hand"), ("rules", "again"))[turn % 3]
        Lead.objects.update(owner=None, team=None, assigned_at=None)
        seen_at = now()
        first, second = at_once(ways[one](seen_at), ways[two](seen_at))
        owners = dict(Lead.objects.values_list("pk", "owner__name"))

        assert sorted([*first.changed, *second.changed]) == ids
        assert set(first.refused) == set(second.changed)
        assert set(second.refused) == set(first.changed)
        told = {**first.refused, **second.refused}
        truth = {key: f"It was assigned to {owners[key]} in the meantime." for key in told}
        assert set(told.values()) == set(truth.values())
        assert told == truth
    assert sum(Turn.objects.values_list("owed", flat=True)) == 0
