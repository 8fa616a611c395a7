"""Following what changed comes to the same as asking everybody again (CUS-17)."""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core.clock import now
from leadline.customers import actions as customers
from leadline.segments import actions
from leadline.segments.models import Day, Place, Standing
from tests.cast import undone

pytestmark = pytest.mark.django_db
INDUSTRIES = ["Technology", "Energy", "", "technology"]
IS_TECH = {"field": "industry", "op": "equals", "value": "Technology"}
CALLED = {"count": "activities", "where": {"field": "kind", "op": "equals", "value": "call"}}
RULES = [
    IS_TECH,
    {"or": [{"not": IS_TECH}, {"field": "city", "op": "starts_with", "value": "so"}]},
    {**CALLED, "op": "at_least", "value": 1},
    {**CALLED, "op": "less_than", "value": 2},
    {"sum": "activities", "of": "duration", "op": "greater_than", "value": 10},
    {"latest": "activities", "of": "at", "op": "in_last", "value": 30, "unit": "days"},
    {"count": "contacts", "where": {"field": "title", "op": "is_not_empty"}, "op": "equals", "value": 1},
    {"field": "last_interaction_at", "op": "is_empty"},
    {"field": "tags", "op": "has_any", "value": ["vip"]},
    {"field": "owner", "op": "is_empty"},
    {"field": "updated_at", "op": "this_day"},
]


class Life:
    """What happens to a handful of customers, as one dice decides."""

    def __init__(self, dice, make, cast, by, picked):
        self.dice, self.make, self.cast, self.by, self.picked = dice, make, cast, by(cast.ada), picked
        self.there = [make.customer(industry=dice.choice(INDUSTRIES)) for _ in range(4)]
        self.deeds = (
            self.come,
            self.edit,
            self.tag,
            self.call,
            self.meet,
            self.archive,
            self.assign,
            self.pick,
        )

    def one(self):
        return self.dice.choice(self.there)

    def come(self):
        self.there.append(self.make.customer(industry=self.dice.choice(INDUSTRIES), city="Solo"))

    def edit(self):
        given = {"industry": self.dice.choice(INDUSTRIES), "city": self.dice.choice(["Solo", "Medan"])}
        if not self.one_now().archived_at:
            customers.edit_customer(self.now_it_is, **given, by=self.by)

    def tag(self):
        customers.tag_customers([self.one().pk], add=["vip"], by=self.by)
        customers.tag_customers([self.one().pk], remove=["vip"], by=self.by)

    def call(self):
        if not self.one_now().archived_at:
            days, minutes = self.dice.choice([0, 10, 60]), self.dice.choice([None, 5, 20])
            self.make.activity(self.now_it_is, days_ago=days, duration=minutes)

    def meet(self):
        if not self.one_now().archived_at:
            self.make.contact(self.now_it_is, title=self.dice.choice(["", "CEO"]))

    def archive(self):
        key = self.one_now().pk
        verb = customers.restore_customers if self.now_it_is.archived_at else customers.archive_customers
        verb([key], by=self.by)

    def assign(self):
        owner = self.dice.choice([None, self.cast.rosa])
        customers.assign_customers([self.one().pk], owner=owner, by=self.by)

    def pick(self):
        verb = self.dice.choice([actions.add_members, actions.remove_members])
        verb(self.picked, [self.one().pk], by=self.by)

    def one_now(self):
        self.now_it_is = type(self.there[0]).objects.get(pk=self.one().pk)
        return self.now_it_is


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_following_comes_to_the_same_as_asking_all(seed, cast, make, by, segment_of, followed, members):
    """Whatever happens, in whatever order, and however often it is followed meanwhile."""
    with undone():
        picked = segment_of()
        inside = {"field": "segments", "op": "has_any", "value": [picked.pk]}
        segments = [picked, *(segment_of(rule) for rule in [*RULES, inside])]
        both = {"field": "segments", "op": "has_all", "value": [segments[1].pk, segments[3].pk]}
        segments.append(
            segment_of({"or": [both, {"not": {"field": "city", "op": "equals", "value": "Solo"}}]})
        )
        dice = random.Random(seed)
        life = Life(dice, make, cast, by, picked)
        for _step in range(dice.randint(3, 14)):
            dice.choice(life.deeds)()
            if dice.random() < 0.3:
                followed()
        followed()
        by_following = {segment.pk: members(segment) for segment in segments}

        moved = actions.evaluate([segment.pk for segment in segments], by=by(cast.house, via="job"))

        assert {segment.pk: members(segment) for segment in segments} == by_following
        assert not any(each.came or each.went for each in moved.values())
        for segment in segments:
            size = len(by_following[segment.pk])
            assert Standing.objects.get(segment=segment).size == size
            last = Day.objects.filter(segment=segment).order_by("day").last()
            assert size == (last.size if last else 0)


def test_much_at_once_is_followed_in_portions(cast, make, by, segment_of, followed, members, monkeypatch):
    """The place moves on portion by portion."""
    monkeypatch.setattr("leadline.segments.actions.following.PORTION", 3)
    segment = segment_of(IS_TECH)
    fit = {make.customer(industry="Technology").pk for _ in range(5)}

    assert followed() > 3
    assert members(segment) == fit


def test_a_history_that_was_counted_anew_is_made_good(cast, make, by, segment_of, followed, members):
    """After a restore into another database the place may lie behind the end: all are looked at."""
    segment = segment_of(IS_TECH)
    customer = make.customer(industry="Technology")
    Place.objects.update(history_id=10**12, at=now() - timedelta(days=1))

    followed()
    actions.evaluate_due(by=by(cast.house, via="job"))

    assert members(segment) == {customer.pk}
