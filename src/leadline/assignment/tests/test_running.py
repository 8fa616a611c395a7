"""Rules find owners: conditions, pools, hours, absence, capacity, overflow (LEA-7, SIG-5)."""

from datetime import timedelta

import pytest

from leadline.assignment import actions
from leadline.assignment.actions import assign_by_rules, assign_what_came_in
from leadline.assignment.models import Given, Ruleset, Turn
from leadline.core.clock import now
from leadline.core.custom.actions import make_field
from leadline.core.drafts import clean_draft
from leadline.core.fields import catalogue
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers.actions import add_territory
from leadline.customers.actions.cleaning import cleaning_for
from leadline.leads.actions import add_leads, assign_lead
from leadline.leads.models import Lead
from leadline.people.working.actions import enter_absence
from leadline.people.working.models import HeldSkill, Skill


def owners(leads):
    found = dict(Lead.objects.filter(pk__in=[lead.pk for lead in leads]).values_list("pk", "owner"))
    return [found[lead.pk] for lead in leads]


def test_the_first_rule_that_fits_decides(cast, make, by, floor):
    floor.rule(
        "German premium", where={"field": "country", "op": "equals", "value": "DE"}, people=[cast.otto.pk]
    )
    floor.rule("The rest", people=[cast.rosa.pk])
    german, other = make.lead(country="DE"), make.lead(country="FR")

    done = assign_by_rules("lead", [german.pk, other.pk], by=by(cast.lena))

    assert owners([german, other]) == [cast.otto.pk, cast.rosa.pk]
    assert done.changed == [german.pk, other.pk]
    assert [each.how for each in Given.objects.order_by("place")] == ["turn", "turn"]


def test_what_no_rule_places_goes_to_the_overflow_owner(cast, make, by, floor):
    """SIG-5: never silently unassigned."""
    floor.rule(where={"field": "country", "op": "equals", "value": "DE"})
    lead = make.lead(country="FR")

    assign_by_rules("lead", [lead.pk], by=by(cast.lena))

    assert owners([lead]) == [cast.lena.pk]
    assert Given.objects.get().how == "overflow"


def test_without_an_overflow_owner_nothing_runs(cast, make, by):
    rule = actions.add_rule("lead", name="All", people=[cast.rosa.pk], by=by(cast.ada))

    with pytest.raises(RuleBroken, match="overflow owner"):
        actions.switch_rule(rule, is_on=True, by=by(cast.ada))
    with pytest.raises(RuleBroken, match="overflow owner"):
        actions.switch_rules("lead", is_on=True, by=by(cast.ada))
    with pytest.raises(RuleBroken, match="overflow owner"):
        assign_by_rules("lead", [make.lead().pk], by=by(cast.lena))


def test_when_the_overflow_owner_has_left_those_who_manage_the_rules_are_told(cast, make, by, floor):
    floor.rule(where={"field": "country", "op": "equals", "value": "DE"})
    cast.lena.is_active = False
    cast.lena.save()
    lead = make.lead(country="FR")

    assign_by_rules("lead", [lead.pk], by=by(cast.ada))

    assert owners([lead]) == [None]
    assert "found no owner" in cast.ada.notifications.get().text
    assert not cast.rosa.notifications.exists()


def test_who_is_away_gets_nothing_and_the_deputy_of_the_overflow_owner_stands_in(cast, make, by, floor):
    floor.rule(people=[cast.rosa.pk])
    day = now().date()
    enter_absence(cast.rosa, begins_on=day - timedelta(1), ends_on=day + timedelta(1), by=by(cast.ada))
    enter_absence(
        cast.lena, begins_on=day - timedelta(1), ends_on=day + timedelta(1), deputy=cast.mira, by=by(cast.ada)
    )
    lead = make.lead()

    assign_by_rules("lead", [lead.pk], by=by(cast.ada))

    assert owners([lead]) == [cast.mira.pk]


def test_only_who_is_at_work_if_the_rule_asks(cast, make, by, floor):
    rep = floor.rep(1)
    cast.rosa.hours = {}
    cast.rosa.save()
    floor.rule(people=[cast.rosa.pk, rep.pk], at_work=True)
    leads = [make.lead(), make.lead()]

    assign_by_rules("lead", [lead.pk for lead in leads], by=by(cast.lena))

    assert owners(leads) == [rep.pk, rep.pk]


def test_nobody_gets_more_than_fits(cast, make, by, floor):
    make.lead(cast.rosa)
    actions.set_share("lead", person=cast.rosa, weight=100, capacity=2, by=floor.by)
    floor.rule()
    leads = [make.lead() for _number in range(5)]

    assign_by_rules("lead", [lead.pk for lead in leads], by=by(cast.lena))

    assert owners(leads).count(cast.rosa.pk) == 1


def test_skills_and_language(cast, make, by, floor):
    german = Skill.objects.create(name="Deutsch", kind="language")
    nets = Skill.objects.create(name="Nets")
    HeldSkill.objects.create(user=cast.otto, skill=german)
    HeldSkill.objects.create(user=cast.rosa, skill=nets)
    floor.rule("Language", where={"field": "language", "op": "is_not_empty"}, speaks=True)
    floor.rule("Nets", skills=[nets.pk])
    speaks, knows = make.lead(language="de"), make.lead()

    assign_by_rules("lead", [speaks.pk, knows.pk], by=by(cast.lena))

    assert owners([speaks, knows]) == [cast.otto.pk, cast.rosa.pk]


def test_by_territory_also_where_only_the_country_is_known(cast, make, by, floor):
    add_territory(
        name="DACH",
        members=[cast.otto],
        rules={"field": "country", "op": "equals", "value": "DE"},
        by=by(cast.ada),
    )
    floor.rule(people=[], in_territory=True)
    inside, outside = make.lead(country="DE"), make.lead(country="FR")

    assign_by_rules("lead", [inside.pk, outside.pk], by=by(cast.lena))

    assert owners([inside, outside]) == [cast.otto.pk, cast.lena.pk]


def test_renewals_go_to_the_customers_owner_unless_away(cast, make, by, floor):
    make.customer(cast.otto, email="known@example.com")
    floor.rule("Renewals", way="current", people=[])
    floor.rule("The rest", people=[cast.rosa.pk])
    known, new = make.lead(email="known@example.com"), make.lead()

    assign_by_rules("lead", [known.pk, new.pk], by=by(cast.lena))
    assert owners([known, new]) == [cast.otto.pk, cast.rosa.pk]

    day = now().date()
    enter_absence(cast.otto, begins_on=day - timedelta(1), ends_on=day + timedelta(1), by=by(cast.ada))
    assign_by_rules("lead", [known.pk], by=by(cast.lena))
    assert owners([known]) == [cast.rosa.pk]


def test_a_person_who_was_asked_for(cast, make, by, floor):
    make_field("lead", label="Asked for", kind="user", slug="asked_for", by=by(cast.ada))
    floor.rule("Asked for", way="person", field="x_asked_for", people=[])
    floor.rule("The rest", people=[cast.otto.pk])
    asked, other = make.lead(x_asked_for=cast.rosa.pk), make.lead()

    assign_by_rules("lead", [asked.pk, other.pk], by=by(cast.lena))

    assert owners([asked, other]) == [cast.rosa.pk, cast.otto.pk]


def test_what_comes_in_goes_by_the_rules_once_a_set(cast, make, by, floor, settle):
    floor.rule()
    actions.switch_rules("lead", is_on=True, by=floor.by)
    context = cleaning_for(by(cast.ada))
    drafts = [
        clean_draft(catalogue("lead"), {"name": f"L{n}", "email": f"l{n}@example.com"}, context, row=n)
        for n in range(10)
    ]

    outcome = add_leads(drafts, by=by(cast.ada, "import"))
    settle()

    got = list(Lead.objects.filter(pk__in=outcome.created.values()).values_list("owner", flat=True))
    assert sorted((got.count(cast.rosa.pk), got.count(cast.otto.pk))) == [5, 5]
    assert Given.objects.values("run").distinct().count() == 1
    assert assign_what_came_in("lead", list(outcome.created.values()), by=by(cast.house)).changed == []


def test_rules_that_do_not_run_by_themselves_leave_leads_alone(cast, make, floor, settle):
    floor.rule()
    lead = make.lead()

    settle()

    assert owners([lead]) == [None]


def test_turns_go_on_from_run_to_run(cast, make, by, floor):
    floor.rule()
    for _day in range(4):
        assign_by_rules("lead", [make.lead().pk], by=by(cast.lena))

    assert sorted(Turn.objects.values_list("got", flat=True)) == [2, 2]


def test_who_may(cast, make, by, floor):
    lead = make.lead(cast.rosa)

    with pytest.raises(NotAllowed):
        assign_by_rules("lead", [lead.pk], by=by(cast.rosa))
    with pytest.raises(NotAllowed):
        actions.add_rule("lead", name="Mine", people=[cast.rosa.pk], by=by(cast.mira))
    done = assign_by_rules("lead", [make.lead().pk], by=by(cast.mira))
    assert not done.changed
    assert list(done.refused.values()) == ["There is no such lead."]


def test_by_hand_is_kept_too(cast, make, by):
    lead = assign_lead(make.lead(), owner=cast.rosa, by=by(cast.lena))

    kept = Given.objects.get(record_id=lead.pk)
    assert (kept.how, kept.owner_id, kept.run.by) == ("hand", cast.rosa.pk, cast.lena)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"people": []}, "team"),
        ({"way": "guess"}, "way"),
        ({"way": "person", "field": "name"}, "field"),
        ({"where": {"field": "shoe_size", "op": "equals", "value": 1}}, "where"),
        ({"people": [987654]}, "people"),
        ({"skills": [987654]}, "skills"),
        ({"name": " "}, "name"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_refusal_names_the_field(cast, by, answers, field):
    with pytest.raises(RuleBroken) as refusal:
        actions.add_rule("lead", **({"name": "A", "people": [cast.rosa.pk]} | answers), by=by(cast.ada))

    assert refusal.value.field == field


def test_a_set_is_one_row_with_one_owner_of_the_rest(cast, floor):
    actions.set_overflow("lead", owner=cast.rosa, by=floor.by)

    assert Ruleset.objects.get(kind="lead").overflow == cast.rosa
