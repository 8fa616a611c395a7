"""Two managers assign the same leads at the same moment, in real transactions (LEA-7)."""

from functools import partial

import pytest

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.leads import actions
from leadline.leads.models import Lead
from tests.at_once import at_once


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
