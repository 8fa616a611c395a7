"""Rules give points, with their reasons, and leads follow their changes (LEA-12)."""

import pytest

from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.leads.actions import edit_lead
from leadline.leads.models import Lead, Pulse
from leadline.scoring import actions
from leadline.scoring.models import Place
from leadline.scoring.queries import explained, rule_lines
from leadline.scoring.tasks import catch_up

pytestmark = pytest.mark.django_db
FAIR = {"field": "source", "op": "equals", "value": "Fair"}
COMPANY = {"field": "company", "op": "is_not_empty"}


@pytest.fixture
def rules(cast, by):
    """Two that raise and one that lowers."""
    ada = by(cast.ada)
    fair = actions.add_rule(name="Met at a fair", where=FAIR, points=70, by=ada)
    company = actions.add_rule(name="Has a company", where=COMPANY, points=50, by=ada)
    far = {"field": "country", "op": "equals", "value": "BR"}
    return fair, company, actions.add_rule(name="Far away", where=far, points=-30, by=ada)


@pytest.fixture
def looked_at(cast, by):
    """All leads were looked at, and all changes followed."""
    return lambda: catch_up(by=by(cast.house))


def score(lead):
    return Pulse.objects.get(pk=lead.pk).score


def test_points_are_added_and_kept_between_0_and_100(cast, make, rules, looked_at):
    both = make.lead(cast.rosa, source="Fair", company="Vega")
    one = make.lead(cast.rosa, source="Fair", country="BR")
    below = make.lead(cast.rosa, country="BR")
    none = make.lead(cast.rosa)

    looked_at()

    assert [score(lead) for lead in (both, one, below, none)] == [100, 40, 0, 0]
    told = explained(Lead.objects.select_related("pulse").get(pk=one.pk))
    assert [(reason.words, reason.weight) for reason in told.reasons] == [
        ("Met at a fair", 70),
        ("Far away", -30),
    ]


def test_a_changed_lead_is_scored_again_and_no_other(cast, make, by, rules, looked_at):
    lead, other = make.lead(cast.rosa), make.lead(cast.rosa, source="Fair")
    looked_at()
    Pulse.objects.filter(pk=other.pk).update(score=1)  # what a pass over all would mend

    edit_lead(lead, source="Fair", by=by(cast.rosa))
    looked_at()

    assert (score(lead), score(other)) == (70, 1)


def test_a_changed_rule_is_asked_of_all(cast, make, by, rules, looked_at):
    lead = make.lead(cast.rosa, source="Fair")
    looked_at()

    actions.change_rule(rules[0], points=20, by=by(cast.ada))
    assert Place.objects.get().is_due
    looked_at()
    assert score(lead) == 20
    actions.retire_rule(rules[0], by=by(cast.ada))
    looked_at()
    assert score(lead) == 0
    for rule in rules[1:]:
        actions.retire_rule(rule, by=by(cast.ada))
    looked_at()

    assert score(lead) is None, "without rules there are no scores"


def test_rules_read_as_sentences(cast, rules):
    assert [(line.rule.name, line.rule.points) for line in rule_lines()] == [
        ("Met at a fair", 70),
        ("Has a company", 50),
        ("Far away", -30),
    ]
    assert "Fair" in rule_lines()[0].sentence


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("points", 0),
        ("points", 101),
        ("points", True),
        ("name", ""),
        ("where", {}),
        ("where", {"field": "nothing", "op": "equals", "value": 1}),
        ("where", {"field": "score", "op": "at_least", "value": 1}),
    ],
)
def test_what_is_no_rule_is_refused_by_name(cast, by, field, given):
    with pytest.raises(RuleBroken) as refused:
        actions.add_rule(**{"name": "x", "where": FAIR, "points": 1, field: given}, by=by(cast.ada))

    assert refused.value.field == field


def test_only_who_manages_the_settings_changes_rules(cast, by, rules):
    with pytest.raises(NotAllowed):
        actions.add_rule(name="x", where=FAIR, points=1, by=by(cast.lena))
    with pytest.raises(NotAllowed):
        actions.retire_rule(rules[0], by=by(cast.lena))


def test_leads_are_sorted_and_filtered_by_score(cast, make, as_, rules, looked_at):
    make.lead(cast.rosa, name="Low One", country="BR")
    make.lead(cast.rosa, name="High One", source="Fair")
    make.lead(cast.rosa, name="Mid One", company="Vega")
    looked_at()
    rosa = as_(cast.rosa)

    sorted_by = rosa.get("/leads/?columns=name,score&sort=-score").content.decode()
    filtered = rosa.get(
        '/leads/?columns=name,score&where={"field":"score","op":"at_least","value":50}'
    ).content.decode()

    places = [sorted_by.index(name) for name in ("High One", "Mid One", "Low One")]
    assert places == sorted(places)
    assert "High One" in filtered
    assert "Low One" not in filtered
