"""Segments that ask for another one go with it, however that one was looked at (CUS-17)."""

from datetime import timedelta

import pytest

from leadline.core import clock
from leadline.segments import actions
from leadline.segments.following import catch_up, look_at_due
from leadline.segments.models import Member, Standing

pytestmark = pytest.mark.django_db
TECH = {"field": "industry", "op": "equals", "value": "Technology"}
ENERGY = {"field": "industry", "op": "equals", "value": "Energy"}


def inside(segment):
    return {"field": "segments", "op": "has_any", "value": [segment.pk]}


def test_after_another_rule_those_that_ask_go_with_it(cast, make, by, segment_of, members):
    tech, energy = make.customer(industry="Technology"), make.customer(industry="Energy")
    asked = segment_of(TECH)
    asking = segment_of(inside(asked))
    further = segment_of({"not": inside(asking)})
    assert (members(asking), members(further)) == ({tech.pk}, {energy.pk})

    actions.change_segment(asked, rule=ENERGY, by=by(cast.ada))
    for _turn in range(3):  # the worker is woken again for each that waits
        catch_up(by=by(cast.house, via="job"))

    assert (members(asking), members(further)) == ({energy.pk}, {tech.pk})
    assert not Standing.objects.filter(is_due=True).exists()


def test_what_moves_with_time_moves_those_that_ask(cast, make, by, segment_of, members):
    customer = make.customer()
    make.activity(customer)
    lately = segment_of({"field": "last_interaction_at", "op": "in_last", "value": 30, "unit": "days"})
    asking = segment_of(inside(lately))
    assert members(asking) == {customer.pk}

    with clock.at(clock.now() + timedelta(days=40)):
        look_at_due(moving=True, by=by(cast.house, via="job"))

    assert members(lately) == members(asking) == set()


def test_who_is_picked_is_at_once_in_those_that_ask_by_their_rule(cast, make, by, segment_of, members):
    customer, picked = make.customer(), segment_of()
    asking = segment_of(inside(picked))

    actions.add_members(picked, [customer.pk], by=by(cast.ada))

    assert members(asking) == {customer.pk}
    assert Member.objects.get(segment=picked).joined_by_id == cast.ada.pk
    assert Member.objects.get(segment=asking).joined_by_id is None


def test_those_of_another_kind_wait_for_a_whole_look(cast, make, by, segment_of, members):
    customer = make.customer()
    contact = make.contact(customer)
    picked = segment_of(kind="contact")
    asking = segment_of({"count": "contacts", "where": inside(picked), "op": "at_least", "value": 1})

    actions.add_members(picked, [contact.pk], by=by(cast.ada))
    assert Standing.objects.get(segment=asking).is_due
    look_at_due(by=by(cast.house, via="job"))

    assert members(asking) == {customer.pk}


def test_all_are_looked_at_some_at_a_time(cast, make, by, segment_of, members, monkeypatch):
    """Whatever the order of their keys."""
    monkeypatch.setattr("leadline.segments.following.AT_ONCE", 1)
    customer = make.customer(industry="Technology")
    asking = segment_of(ENERGY)
    asked = segment_of(TECH)
    actions.change_segment(asking, rule=inside(asked), by=by(cast.ada))
    Member.objects.all().delete()  # whatever has escaped

    look_at_due(every=True, by=by(cast.house, via="job"))

    assert members(asked) == members(asking) == {customer.pk}
