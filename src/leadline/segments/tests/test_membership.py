"""Who is in which segment: rules and picks, kept up to date by what changes (CUS-16, CUS-17)."""

from datetime import timedelta

import pytest

from leadline.core import clock
from leadline.core.changesets import ChangeSet, change_set, undo_change_set
from leadline.core.custom.actions import make_field
from leadline.core.drafts import clean_draft
from leadline.core.events.models import EventRecord, EventSubject
from leadline.core.fields import Cleaning
from leadline.core.lists.actions import save_view
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers.actions import (
    archive_customers,
    change_customers,
    edit_customer,
    move_contact,
    restore_customers,
)
from leadline.customers.fields import CUSTOMER
from leadline.governance.actions import remove_retention_rule, set_retention_rule
from leadline.segments import actions
from leadline.segments.following import catch_up
from leadline.segments.models import Day, Member, Standing
from leadline.segments.rules import rule_of
from leadline.segments.using import uses_of

pytestmark = pytest.mark.django_db
TECH = {"field": "industry", "op": "equals", "value": "Technology"}


def told(name, segment):
    rows = EventRecord.objects.filter(name=f"segments.{name}", payload__segment_id=segment.pk).order_by("id")
    return [
        sorted(
            EventSubject.objects.filter(event_id=row.pk, kind="customer").values_list("subject_id", flat=True)
        )
        for row in rows
    ]


def test_a_new_segment_holds_those_that_fit(make, segment_of, cast, members):
    fits, _other = make.customer(industry="technology"), make.customer(industry="Energy")

    segment = segment_of(TECH)

    assert members(segment) == {fits.pk}
    assert Standing.objects.get(segment=segment).size == 1
    assert told("MembersJoined", segment) == []  # its first members joined nothing that was there
    assert told("SegmentFilled", segment) == [[]]


def test_who_changes_comes_and_goes_and_is_dated(make, segment_of, followed, by, cast, members):
    customer = make.customer(industry="Energy")
    segment = segment_of(TECH)

    change_customers(
        {customer.pk: clean_draft(CUSTOMER, {"industry": "Technology"}, Cleaning())}, by=by(cast.ada)
    )
    followed()
    came = Member.objects.get(segment=segment)
    change_customers(
        {customer.pk: clean_draft(CUSTOMER, {"industry": "Energy"}, Cleaning())}, by=by(cast.ada)
    )
    followed()
    came.refresh_from_db()

    assert came.joined_at < came.left_at
    assert members(segment) == set()
    assert told("MembersJoined", segment) == told("MembersLeft", segment) == [[customer.pk]]
    day = Day.objects.get(segment=segment)
    assert (day.size, day.joined, day.left) == (0, 1, 1)


def test_following_twice_tells_once(make, segment_of, followed, by, cast):
    customer = make.customer(industry="Energy")
    segment = segment_of(TECH)
    change_customers(
        {customer.pk: clean_draft(CUSTOMER, {"industry": "Technology"}, Cleaning())}, by=by(cast.ada)
    )

    assert followed() > 0
    assert followed() == 0
    assert told("MembersJoined", segment) == [[customer.pk]]


def test_a_call_counts_for_rules_about_calls(make, segment_of, followed, members):
    customer = make.customer()
    calls = {"count": "activities", "where": {"field": "kind", "op": "equals", "value": "call"}}
    segment = segment_of({**calls, "op": "at_least", "value": 2})
    lately = segment_of({"field": "last_interaction_at", "op": "in_last", "value": 7})

    make.activity(customer)
    followed()
    assert members(segment) == set()
    assert members(lately) == {customer.pk}
    make.activity(customer)
    followed()

    assert members(segment) == {customer.pk}


def test_no_activity_for_a_month_comes_with_time(make, segment_of, by, cast, members):
    customer, silent = make.customer(), make.customer()
    make.activity(customer, days_ago=1)
    recent = {"field": "at", "op": "in_last", "value": 30, "unit": "days"}
    segment = segment_of({"count": "activities", "where": recent, "op": "equals", "value": 0})
    assert members(segment) == {silent.pk}

    with clock.at(clock.now() + timedelta(days=40)):
        actions.evaluate_due(moving=True, by=by(cast.house, via="job"))

    assert members(segment) == {customer.pk, silent.pk}
    assert told("MembersJoined", segment) == [[customer.pk]]


def test_archived_records_leave_and_come_back(make, segment_of, followed, by, cast, members):
    customer = make.customer(industry="Technology")
    segment, picked = segment_of(TECH), segment_of()
    actions.add_members(picked, [customer.pk], by=by(cast.ada))

    archive_customers([customer.pk], by=by(cast.ada))
    followed()
    assert members(segment) == members(picked) == set()
    restore_customers([customer.pk], by=by(cast.ada))
    followed()

    assert members(segment) == members(picked) == {customer.pk}


def test_a_segment_that_asks_for_another_follows_it(make, segment_of, followed, by, cast, members):
    customer = make.customer(industry="Energy", city="Solo")
    inner = segment_of(TECH)
    outer = segment_of(
        {
            "and": [
                {"field": "segments", "op": "has_any", "value": [inner.pk]},
                {"field": "city", "op": "equals", "value": "Solo"},
            ]
        }
    )
    without = segment_of({"field": "segments", "op": "has_none", "value": [outer.pk]})
    assert members(without) == {customer.pk}

    change_customers(
        {customer.pk: clean_draft(CUSTOMER, {"industry": "Technology"}, Cleaning())}, by=by(cast.ada)
    )
    followed()

    assert members(inner) == members(outer) == {customer.pk}
    assert members(without) == set()


def test_picked_members_come_at_once_and_back_by_undo(make, segment_of, followed, by, cast, settle, members):
    one, two = make.customer(), make.customer()
    segment = segment_of()
    about_it = segment_of({"field": "segments", "op": "has_any", "value": [segment.pk]})
    actions.add_members(segment, [one.pk], by=by(cast.ada))

    with change_set("test", "Picked", by(cast.ada)) as within:
        done = actions.add_members(segment, [one.pk, two.pk], by=within)
        actions.remove_members(segment, [one.pk], by=within)
    assert (done.changed, done.unchanged) == ([two.pk], 1)
    assert members(segment) == {two.pk}
    followed()
    assert members(about_it) == {two.pk}
    undo_change_set(ChangeSet.objects.latest("pk"), by=by(cast.ada))
    settle()
    followed()

    assert members(segment) == members(about_it) == {one.pk}


def test_nobody_picks_what_they_do_not_see_or_what_a_rule_finds(make, segment_of, by, cast, members):
    foreign = make.customer(cast.otto)
    own, dynamic = segment_of(owner=cast.rosa), segment_of(TECH, owner=cast.rosa)

    done = actions.add_members(own, [foreign.pk, 999_999], by=by(cast.rosa))

    assert set(done.refused) == {foreign.pk, 999_999}
    assert members(own) == set()
    with pytest.raises(RuleBroken):
        actions.add_members(dynamic, [foreign.pk], by=by(cast.rosa))
    with pytest.raises(NotAllowed):
        actions.add_members(own, [foreign.pk], by=by(cast.otto))


def test_another_rule_fills_anew_and_tells_nobody_of_joining(make, segment_of, by, cast, members):
    tech, energy = make.customer(industry="Technology"), make.customer(industry="Energy")
    segment = segment_of(TECH)

    actions.change_segment(segment, rule={**TECH, "value": "Energy"}, by=by(cast.ada))
    catch_up(by=by(cast.house, via="job"))

    assert members(segment) == {energy.pk}
    assert told("MembersJoined", segment) == []
    assert Member.objects.get(segment=segment, record_id=tech.pk).left_at is not None


def test_who_moves_to_another_customer_touches_both(make, segment_of, followed, by, cast, members):
    one, two = make.customer(), make.customer()
    contact = make.contact(one)
    segment = segment_of({"count": "contacts", "op": "at_least", "value": 1})
    assert members(segment) == {one.pk}

    move_contact(contact, customer=two, by=by(cast.ada))
    followed()

    assert members(segment) == {two.pk}


def test_a_custom_field_is_followed_like_any_other(make, segment_of, followed, by, cast, members):
    """CUS-21."""
    make_field("customer", label="Grade", kind="text", by=by(cast.ada))
    make_field("customer", label="Other", kind="text", by=by(cast.ada))
    segment = segment_of({"field": "x_grade", "op": "equals", "value": "gold"})
    customer = make.customer(cast.rosa)
    followed()

    edit_customer(customer, x_other="x", by=by(cast.rosa))
    edit_customer(customer, x_grade="Gold", by=by(cast.rosa))
    followed()
    assert members(segment) == {customer.pk}

    edit_customer(customer, x_grade="", by=by(cast.rosa))
    followed()
    assert members(segment) == set()


def test_customers_follow_the_segments_of_their_contacts(
    make, segment_of, followed, by, cast, settle, members
):
    liked = segment_of(kind="contact")
    inside = {"field": "segments", "op": "has_any", "value": [liked.pk]}
    theirs = segment_of({"count": "contacts", "where": inside, "op": "at_least", "value": 1})
    contact = make.contact(make.customer(cast.rosa))
    followed()

    actions.add_members(liked, [contact.pk], by=by(cast.ada))
    followed()
    settle()

    assert members(theirs) == {contact.customer_id}
    with pytest.raises(RuleBroken):
        actions.archive_segment(liked, by=by(cast.ada))


def test_a_circle_names_no_segment_that_is_private_to_another(segment_of, by, cast):
    inner = segment_of(TECH, name="Qinner", visibility="everybody")
    within = lambda segment: {"field": "segments", "op": "has_any", "value": [segment.pk]}  # noqa: E731
    secret = segment_of(within(inner), name="Qsecret")
    shown = segment_of(within(secret), name="Qshown", visibility="everybody")

    with pytest.raises(RuleBroken) as refused:
        rule_of(within(shown), "customer", user=cast.mira, segment=inner)

    assert "Qsecret" not in refused.value.message
    assert "a segment that is not shown to you" in refused.value.message


def test_contacts_are_gathered_too(make, segment_of, followed, members):
    customer = make.customer()
    boss = make.contact(customer, title="CEO")
    make.contact(customer, title="Clerk")
    segment = segment_of({"field": "title", "op": "equals", "value": "ceo"}, kind="contact")

    assert members(segment) == {boss.pk}


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"field": "employees", "op": "at_least", "value": "many"},
        {"field": "no_such", "op": "equals", "value": 1},
        {"field": "segments", "op": "has_any", "value": [999_999]},
        {"field": "segments", "op": "is_empty"},
        {"and": [TECH] * 250},
        {"count": "activities", "op": "at_least", "value": 10**40},
    ],
)
def test_what_cannot_be_meant_is_refused_with_words(rule, cast, by):
    with pytest.raises(RuleBroken) as refused:
        actions.add_segment(kind="customer", name="Nonsense", rule=rule, by=by(cast.ada))

    assert refused.value.field == "rule"


def test_a_circle_of_segments_is_refused(segment_of, by, cast):
    inner = segment_of(TECH)
    outer = segment_of({"field": "segments", "op": "has_any", "value": [inner.pk]})

    for named in (inner, outer):
        rule = {"not": {"field": "segments", "op": "has_any", "value": [named.pk]}}
        with pytest.raises(RuleBroken, match="own segment"):
            actions.change_segment(inner, rule=rule, by=by(cast.ada))


def test_a_rule_names_only_segments_its_author_sees(segment_of, by, cast):
    secret = segment_of(TECH)

    with pytest.raises(RuleBroken):
        actions.add_segment(
            kind="customer",
            name="Peeping",
            rule={"field": "segments", "op": "has_any", "value": [secret.pk]},
            by=by(cast.rosa),
        )


def test_what_is_used_is_not_archived_unnoticed(segment_of, by, cast):
    inner, viewed = segment_of(TECH), segment_of(TECH)
    segment_of({"field": "segments", "op": "has_any", "value": [inner.pk]}, name="Outer")
    save_view(
        "customer",
        name="Mine",
        where={"field": "segments", "op": "has_any", "value": [viewed.pk]},
        by=by(cast.ada),
    )

    with pytest.raises(RuleBroken, match="Outer"):
        actions.archive_segment(inner, anyway=True, by=by(cast.ada))
    with pytest.raises(RuleBroken, match="Mine"):
        actions.archive_segment(viewed, by=by(cast.ada))
    assert actions.archive_segment(viewed, anyway=True, by=by(cast.ada)).is_archived


def test_a_rule_of_retention_holds_a_segment_unseen_by_who_has_no_business_with_it(segment_of, by, cast):
    """Without it the rule would archive or erase others than it was made for (PPL-8)."""
    kept = segment_of(TECH)
    outside = {"not": {"field": "segments", "op": "has_any", "value": [kept.pk]}}
    given = {"name": "Old ones", "kind": "customer", "days": 730, "deed": "archive"}
    rule = set_retention_rule(None, where=outside, **given, by=by(cast.ada))

    with pytest.raises(RuleBroken, match="rule of retention “Old ones”"):
        actions.archive_segment(kept, anyway=True, by=by(cast.ada))
    assert [(use.what, use.label, use.address) for use in uses_of(kept, cast.rosa)] == [
        ("a rule of retention", "", "")
    ]
    remove_retention_rule(rule, by=by(cast.ada))
    assert actions.archive_segment(kept, by=by(cast.ada)).is_archived
