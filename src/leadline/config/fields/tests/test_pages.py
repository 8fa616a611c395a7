"""The pages on which administrators make custom fields (CUS-21)."""

from datetime import date

import pytest

from leadline.core.actions import Actor
from leadline.core.custom.actions import make_field
from leadline.core.custom.models import CustomField
from leadline.core.fields import catalogue
from leadline.core.lists import Selection
from leadline.core.lists.actions import save_view
from leadline.handovers.actions import call_off_handover, start_handover
from leadline.handovers.planning import Draft
from leadline.segments.actions import add_segment

pytestmark = pytest.mark.django_db


def test_a_field_is_made_looked_at_changed_archived_and_brought_back(cast, as_):
    ada = as_(cast.ada)
    assert "No custom fields yet" in ada.get("/fields").content.decode()
    assert "What will it hold?" in ada.get("/fields/add").content.decode()
    address = "/fields/add?object=customer&kind=choice"
    refused = ada.post(address, {"label": "Industry", "choices": "A"})
    assert refused.status_code == 422
    assert "is what the field" in refused.content.decode()
    ada.post(address, {"label": "Renewal", "choices": "May\nJune", "section": "Contract", "required": "on"})
    made = CustomField.objects.get()
    assert [choice["label"] for choice in made.choices] == ["May", "June"]
    page = ada.get(f"/fields/{made.pk}").content.decode()
    assert "x_renewal" in page
    assert "Contract" in ada.get("/fields").content.decode()

    changed = {"label": "Renews in", "kind": "choice", "section": "Contract", "version": made.version}
    assert ada.post(f"/fields/{made.pk}", changed).status_code == 302
    stale = ada.post(f"/fields/{made.pk}", {**changed, "label": "Renewed"})
    assert stale.status_code == 422
    assert "in the meantime" in stale.content.decode()

    save_view("customer", name="Renewals", columns=["name", "x_renewal"], by=Actor(cast.ada))
    assert "Renewals" in ada.get(f"/fields/{made.pk}/archive").content.decode()
    ada.post(f"/fields/{made.pk}/archive")
    assert "x_renewal" not in catalogue("customer").by_name
    ada.post(f"/fields/{made.pk}/bring-back")
    assert "x_renewal" in catalogue("customer").by_name


def test_order_and_sections_are_those_of_the_page_as_it_was_sent(cast, as_):
    one, two, three = (
        make_field("customer", label=label, kind="text", by=Actor(cast.ada)) for label in ("A1", "B1", "C1")
    )
    places = [str(three.pk), "section", "Contract", str(one.pk), "section", "", str(two.pk)]
    as_(cast.ada).post("/fields/arrange?object=customer", {"place": places})
    rows = CustomField.objects.order_by("position").values_list("label", "section")
    assert list(rows) == [("C1", ""), ("A1", "Contract"), ("B1", "")]
    as_(cast.ada).post("/fields/arrange?object=customer", {"place": places, "move": f"up:{one.pk}"})
    rows = CustomField.objects.order_by("position").values_list("label", "section")
    assert list(rows) == [("C1", ""), ("A1", ""), ("B1", "")]


def test_choices_are_renamed_moved_retired_and_added_on_the_page(cast, as_):
    made = make_field("customer", label="Size", kind="choice", choices=["Big", "Small"], by=Actor(cast.ada))
    sent = {
        "version": made.version,
        "key": ["small", "big"],
        "label": ["Little", "Big"],
        "retired": ["big"],
        "new": "Middle\n",
    }
    as_(cast.ada).post(f"/fields/{made.pk}/choices", sent)
    made.refresh_from_db()
    assert [(each["key"], each["label"], each["retired"]) for each in made.choices] == [
        ("small", "Little", False),
        ("big", "Big", True),
        ("middle", "Middle", False),
    ]


def test_a_field_without_choices_is_offered_no_kind_that_needs_them(cast, as_):
    made = make_field("customer", label="Size", kind="number", by=Actor(cast.ada))
    page = as_(cast.ada).get(f"/fields/{made.pk}").content.decode()
    assert 'value="date"' in page
    assert 'value="choice"' not in page
    assert 'value="several"' not in page


def test_segments_and_views_that_ask_for_a_field_are_named_before_it_is_archived(cast, as_):
    by = Actor(cast.ada)
    size = make_field("customer", label="Size", kind="number", by=by)
    shoe = make_field("contact", label="Shoe", kind="number", by=by)
    asked = {"field": "x_size", "op": "equals", "value": 4}
    add_segment(kind="customer", name="Large ones", rule=asked, by=by)
    linked = {"count": "contacts", "where": {**asked, "field": "x_shoe"}, "op": "at_least", "value": 1}
    save_view("customer", name="Wide ones", where={"and": [linked]}, by=by)
    page = as_(cast.ada).get(f"/fields/{size.pk}/archive").content.decode()
    assert "Large ones" in page
    assert "Wide ones" not in page
    page = as_(cast.ada).get(f"/fields/{shoe.pk}/archive").content.decode()
    assert "Wide ones" in page
    assert "Large ones" not in page


def test_nobody_else_comes_to_these_pages(cast, as_):
    made = make_field("customer", label="Size", kind="number", by=Actor(cast.ada))
    for address in ("/fields", "/fields/add", f"/fields/{made.pk}"):
        assert as_(cast.rosa).get(address).status_code == 403


def test_two_who_merge_choices_at_once_are_told_of_each_other(cast, as_, settle):
    """ALL-1: the second sees that the field changed, and merges nothing."""
    by = Actor(cast.ada)
    made = make_field("customer", label="Size", kind="choice", choices=["Big", "Small", "Huge"], by=by)
    seen = {"version": made.version, "key": "huge", "into": "big"}
    assert as_(cast.ada).post(f"/fields/{made.pk}/merge", seen).status_code == 302
    second = as_(cast.ada).post(f"/fields/{made.pk}/merge", {**seen, "key": "big", "into": "small"})
    assert second.status_code == 422
    assert "in the meantime" in second.content.decode()
    made.refresh_from_db()
    assert {each["key"]: each.get("merged_into") for each in made.choices}["big"] is None


def test_numbers_beyond_all_measure_are_no_numbers(cast, as_):
    made = make_field("customer", label="Size", kind="choice", choices=["Big", "Small"], by=Actor(cast.ada))
    endless = {"version": "9" * 5000, "key": ["big", "small"], "label": ["Large", "Small"]}
    assert as_(cast.ada).post(f"/fields/{made.pk}/choices", endless).status_code == 302
    merged = {"version": "9" * 5000, "key": "big", "into": "small"}
    assert as_(cast.ada).post(f"/fields/{made.pk}/merge", merged).status_code == 302
    places = {"place": ["9" * 5000, "²", str(made.pk)]}
    assert as_(cast.ada).post("/fields/arrange?object=customer", places).status_code == 302


def test_a_planned_hand_over_that_asks_for_a_field_is_named_before_it_is_archived(cast, as_, make):
    by = Actor(cast.ada)
    size = make_field("customer", label="Size", kind="number", by=by)
    make.customer(cast.rosa, x_size=4)
    large = Selection("customer", where={"field": "x_size", "op": "equals", "value": 4})
    draft = Draft(
        "absence",
        person=cast.rosa,
        to=cast.mira,
        selections={"customer": large},
        starts_on=date(2099, 3, 3),
        ends_on=date(2099, 3, 10),
    )
    planned = start_handover(draft, by=by)
    assert planned.title in as_(cast.ada).get(f"/fields/{size.pk}/archive").content.decode()
    call_off_handover(planned, by=by)
    assert planned.title not in as_(cast.ada).get(f"/fields/{size.pk}/archive").content.decode()
