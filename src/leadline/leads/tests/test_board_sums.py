"""What columns of a board are worth together, tried on leads whose names are amounts (WSP-3, design 4.4)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from leadline.core.boards import finding as boards
from leadline.core.lists import counts
from leadline.core.lists.asking import asking_of
from leadline.core.lists.page import finding_of
from leadline.leads.boards import LEAD_BOARD
from leadline.leads.models import Lead, Stage

WORTH = replace(LEAD_BOARD, amount="leads_lead.name::numeric")


@pytest.fixture
def valued(cast, make):
    """Rosa's leads are worth 7.50 and 2, Otto's 40; none of them has another amount in the same column."""
    return [
        make.lead(owner, name=name)
        for owner, name in ((cast.rosa, "7.50"), (cast.rosa, "2"), (cast.otto, "40"))
    ]


def totals(user, *, exactly=False):
    door = WORTH.door
    asking = asking_of({}, door.about, user=user)
    found = finding_of(asking, scope=door.scope(user), context=door.context(user), search=None)
    keys = [column.key for column in WORTH.columns()]
    return boards.totals_of(WORTH, found, keys, exactly=exactly)


def test_a_column_is_worth_what_is_in_reach(cast, valued):
    stage = Lead.objects.get(pk=valued[0].pk).stage_id

    assert totals(cast.rosa)[stage].worth == Decimal("9.50")
    assert totals(cast.mira)[stage].worth == Decimal("9.50")
    assert totals(cast.otto)[stage].worth == Decimal("40")
    assert totals(cast.lena)[stage].worth == Decimal("49.50")


def test_an_empty_column_is_worth_nothing_that_can_be_told(cast, valued):
    lost = Stage.objects.filter(kind=Stage.Kind.LOST).first()

    assert totals(cast.lena)[lost.pk].count.value == 0
    assert totals(cast.lena)[lost.pk].worth is None


def test_a_sum_is_not_told_of_a_column_that_was_not_counted_to_its_end(cast, valued, monkeypatch):
    stage = Lead.objects.get(pk=valued[0].pk).stage_id
    monkeypatch.setattr(counts, "AT_ONCE_WIDE", 2)

    total = totals(cast.lena)[stage]

    assert (total.count.value, total.count.exact, total.worth) == (2, False, None)
    assert totals(cast.lena, exactly=True)[stage].worth == Decimal("49.50")
