"""What a rule may say, and how it is told (PLT-6): what can't be meant is refused when it is saved."""

import pytest

from leadline.automation import actions
from leadline.automation.models import Rule
from leadline.automation.rules import sentence_of, trouble_of
from leadline.automation.steps.people import is_person_to_choose, people_to_choose
from leadline.automation.tests.conftest import TASK
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken
from leadline.leads.models import Stage
from leadline.leads.queries.settings import called
from leadline.people.models import User

FAILED = "platform:deposit_failed"


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"start": {"on": "platform:paid"}}, "start", "There is no event"),
        ({"start": {}}, "start", "Say when"),
        ({"start": {"change": "lead", "field": "zone"}}, "start", "Changes of"),
        ({"start": {"days": 3, "field": "name", "kind": "lead"}}, "start", "holds no date"),
        ({"start": {"every": "day", "kind": "lead", "at": "9 o'clock"}}, "start", "A time such as"),
        ({"start": {"every": "day", "kind": "lead"}}, "where", "says which records"),
        ({"happened": {"field": "ammount", "op": "at_least", "value": 5}}, "happened", "ammount"),
        ({"record": "lead", "where": {"field": "cuntry", "op": "equals", "value": "ID"}}, "where", "cuntry"),
        ({"steps": []}, "steps", "at least one"),
        ({"steps": [{"step": "fly"}]}, "steps", "There is no step"),
        ({"steps": [{**TASK, "titel": "Call"}]}, "steps", "titel"),
        ({"steps": [{**TASK, "title": "Call {nmae}"}]}, "steps", "Did you mean “{name}”"),
        ({"steps": [{**TASK, "title": "Call {name"}]}, "steps", "ends with }"),
        ({"steps": [{**TASK, "who": "user:987654"}]}, "steps", "is not there"),
        ({"steps": [{"step": "stage", "stage": "99"}]}, "steps", "is not there"),
        ({"steps": [{"step": "webhook", "address": "ftp://x"}]}, "steps", "https://"),
        ({"steps": [{"step": "tag", "add": ""}]}, "steps", "which tags"),
        ({"start": {"on": "event:leads.LeadsAdded"}, "steps": [{"step": "credit"}]}, "steps", "a payment"),
        ({"once_per": "year"}, "once_per", "Accepted"),
        ({"name": " "}, "name", "a name"),
    ],
)
def test_what_can_not_be_meant_is_refused_with_words(cast, by, given, field, words):
    whole = {"name": "A rule", "start": {"on": FAILED}, "steps": [TASK], **given}

    with pytest.raises(RuleBroken) as refused:
        actions.add_rule(**whole, by=by(cast.ada))

    assert refused.value.field == field
    assert words in refused.value.message


def test_a_rule_reads_as_one_sentence(cast, rule):
    made = rule(
        FAILED,
        {**TASK, "title": "Call {name}: {decline}"},
        {"step": "star", "days": 2},
        record="lead",
        happened={"field": "amount", "op": "at_least", "value": 100},
        where={"field": "owner", "op": "equals", "value": cast.rosa.pk},
        once_per="day",
    )

    assert sentence_of(made, called) == (
        "When “Deposit failed”, if Amount is at least 100.00 and Owner is Rosa Ibarra, then make the task"
        " “Call {name}: {decline}” for the owner and star it for 2 days."
        " At most once a day for each record."
    )


def test_the_other_starts_read_well_too(rule):
    new = Stage.objects.get(key="qualified")
    change = rule({"change": "lead", "field": "stage", "to": new.pk}, TASK)
    days = rule({"days": 3, "side": "after", "field": "registered_at", "kind": "lead", "zone": "UTC"}, TASK)

    assert "Stage of a lead changes to Qualified" in sentence_of(change, called)
    assert "3 days have passed since Registered (at 09:00, UTC)" in sentence_of(days, called)


def test_what_goes_later_is_told_on_the_rule(cast, by, rule):
    stage = Stage.objects.create(name="Warm", position=9)
    task = {**TASK, "who": f"user:{cast.rosa.pk}"}
    made = rule("event:leads.LeadsAdded", {"step": "stage", "stage": stage.pk}, task)
    assert trouble_of(made) == ""

    Stage.objects.filter(pk=stage.pk).update(retired_at="2026-01-01T00:00:00Z")
    assert "is not there" in trouble_of(made)
    with pytest.raises(RuleBroken):
        actions.switch_rule(made, is_on=True, by=by(cast.ada))


def test_only_who_manages_rules_makes_them(cast, by):
    with pytest.raises(NotAllowed):
        actions.add_rule(name="Mine", start={"on": FAILED}, steps=[TASK], by=by(cast.lena))


def test_rules_are_changed_ordered_archived_and_restored(cast, by, rule):
    first = Rule.objects.current().first()
    made = rule(FAILED, TASK, name="Second")
    ada = by(cast.ada)

    changed = actions.change_rule(made, name="First of all", version=1, by=ada)
    with pytest.raises(EditConflict):
        actions.change_rule(made, name="Other", version=1, by=ada)
    actions.move_rule(changed, places=-100, by=ada)
    assert Rule.objects.current().first() == made
    actions.archive_rule(made, by=ada)
    assert Rule.objects.current().first() == first
    restored = actions.restore_rule(made, by=ada)
    assert not restored.is_on


def test_installing_again_leaves_altered_rules_as_they_are(cast, by):
    known = Rule.objects.get(key="failed_deposit")
    actions.change_rule(known, name="Our own", by=by(cast.ada))
    actions.switch_rule(known, is_on=False, by=by(cast.ada))

    actions.provide_rules(by=by(cast.house))

    known.refresh_from_db()
    assert (known.name, known.is_on) == ("Our own", False)
    assert Rule.objects.filter(key="failed_deposit").count() == 1


def test_who_is_asked_about_alone_is_among_those_to_choose(cast, by):
    cast.otto.is_active = False
    cast.otto.save(update_fields=["is_active"])
    offered = {word for word, _label in people_to_choose()}
    words = {
        *offered,
        f"user:{cast.otto.pk}",
        "user:0",
        "user:",
        "user:x",
        "user:99999999999",
        "",
        "somebody",
    }
    words |= {f"user:0{cast.rosa.pk}", f"user:{User.objects.house().pk}"}

    assert {word for word in words if is_person_to_choose(word)} == offered
