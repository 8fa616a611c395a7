"""How many are in a segment is kept, so the list within one tells it at once (CUS-4, CUS-18)."""

import pytest

from leadline.core.lists.asking import asking_of
from leadline.core.lists.counts import Count
from leadline.core.lists.door import door_of
from leadline.core.lists.page import page_of
from leadline.segments import actions

pytestmark = pytest.mark.django_db
DOOR = door_of("customer")


def told(user, where, **given):
    """How many the first page of the list tells, where it shows one record."""
    asking = asking_of({"where": where, "limit": "1", **given}, DOOR.about, user=user)
    return page_of(asking, scope=DOOR.scope(user), context=DOOR.context(user)).count


@pytest.fixture
def inside(cast, make, by, segment_of, monkeypatch):
    """A condition: in a segment of three."""
    monkeypatch.setattr("leadline.core.lists.counts.AT_ONCE_WIDE", 1)
    picked = segment_of()
    three = [make.customer(owner=owner, tier=2) for owner in (cast.rosa, cast.otto, cast.otto)]
    actions.add_members(picked, [each.pk for each in three], by=by(cast.ada))
    return {"field": "segments", "op": "has_any", "value": [picked.pk]}


def test_all_of_a_segment_are_told_exactly(cast, inside):
    assert told(cast.ada, inside) == Count(3, True)
    assert told(cast.ada, {"and": [inside]}) == Count(3, True)
    assert told(cast.ada, {**inside, "op": "has_all"}) == Count(3, True)


def test_whatever_is_asked_besides_is_counted(cast, make, by, segment_of, inside):
    other = segment_of()
    actions.add_members(other, [make.customer().pk], by=by(cast.ada))
    either = {**inside, "value": [*inside["value"], other.pk]}
    tier = {"field": "tier", "op": "equals", "value": 2}

    assert told(cast.ada, either) == Count(1, False)
    assert told(cast.ada, {"and": [inside, tier]}) == Count(1, False)
    assert told(cast.ada, {**inside, "op": "has_none"}) != Count(3, True)
    assert told(cast.ada, inside, archived="all") == Count(1, False)


def test_who_does_not_see_all_is_told_of_their_own(cast, inside):
    assert told(cast.rosa, inside) == Count(1, True)
