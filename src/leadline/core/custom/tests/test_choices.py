"""Choices: renamed, retired, merged on all records, and back (CUS-21)."""

import pytest

from leadline.core.actions import Actor
from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.custom.actions import change_choices, make_field, merge_choices
from leadline.core.custom.models import CustomField
from leadline.core.fields import Viewer, catalogue
from leadline.core.refusals import EditConflict, RuleBroken, RulesBroken
from leadline.customers.actions import archive_customers, edit_customer
from leadline.customers.models import Customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def colour(cast):
    return make_field(
        "customer", label="Colour", kind="choice", choices=["Red", "Green", "Blue"], by=Actor(cast.ada)
    )


def test_a_retired_choice_stays_and_is_offered_no_more(cast, make, colour):
    by = Actor(cast.ada)
    red = make.customer(cast.rosa, x_colour="red")
    change_choices(colour, choices=[{"key": "red", "retired": True}, {"key": "green"}, "White"], by=by)
    item = catalogue("customer").by_name["x_colour"]
    assert [key for key, _label in item.offered] == ["green", "white"]
    assert item.render("red", Viewer()) == "Red"
    assert edit_customer(red, x_colour="red", phone="+62215550100", by=by).custom == {"x_colour": "red"}
    with pytest.raises(RulesBroken, match="not offered any more"):
        make.customer(cast.rosa, x_colour="Red")


def test_merging_changes_all_records_and_can_be_undone(cast, make, colour, settle):
    by = Actor(cast.ada)
    several = make_field("customer", label="Fleet", kind="several", choices=["Tug", "Barge"], by=by)
    one = make.customer(cast.rosa, x_colour="red", x_fleet=["tug", "barge"])
    other = make.customer(cast.otto, x_colour="green", x_fleet="Tug")
    archive_customers([other.pk], by=by)
    first = merge_choices(several, key="tug", into="barge", by=by)
    second = merge_choices(colour, key="green", into="red", by=by)
    settle()
    assert [Customer.objects.get(pk=each.pk).custom for each in (one, other)] == [
        {"x_colour": "red", "x_fleet": ["barge"]},
        {"x_colour": "red", "x_fleet": ["barge"]},
    ]
    named = make.customer(cast.rosa, x_colour="Green")
    assert named.custom == {"x_colour": "red"}

    edit_customer(other := Customer.objects.get(pk=one.pk), x_colour="blue", by=by)
    for job in (first, second):
        undo_change_set(ChangeSet.objects.get(pk=job.change_set_id), by=by)
    settle()
    assert Customer.objects.get(pk=other.pk).custom == {"x_colour": "blue", "x_fleet": ["tug", "barge"]}
    assert [key for key, _label in catalogue("customer").by_name["x_colour"].choices] == [
        "red", "green", "blue",
    ]  # fmt: skip


def test_bad_choices_are_refused_by_name(cast, colour):
    by = Actor(cast.ada)
    for choices, words in (
        (["Red", "red"], "twice"),
        ([{"key": "nowhere", "label": "X"}], "no choice of this field"),
        ([{"key": ["red"], "label": "X"}], "no choice of this field"),
        ([{"key": "red", "label": "X"}, {"key": "red", "label": "Y"}], "twice"),
        ([""], "has no label"),
        ([f"Choice {number}" for number in range(1001)], "At most 1000"),
        ("Red", "A list of choices"),
    ):
        with pytest.raises(RuleBroken, match=words):
            change_choices(colour, choices=choices, by=by)
    with pytest.raises(EditConflict):
        change_choices(colour, choices=["Red"], version=colour.version - 1, by=by)
    with pytest.raises(RuleBroken, match="another one"):
        merge_choices(colour, key="red", into="red", by=by)


def test_a_thousand_choices_are_made_and_cleaned(cast, make):
    choices = [f"Port {number}" for number in range(1000)]
    make_field("customer", label="Port", kind="choice", choices=choices, by=Actor(cast.ada))
    assert make.customer(cast.rosa, x_port="port 777").custom == {"x_port": "port_777"}
    assert len(CustomField.objects.get().choices) == 1000
