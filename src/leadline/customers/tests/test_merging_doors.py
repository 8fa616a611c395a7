"""Merging on the pages (CUS-23)."""

import pytest

from leadline.core.actions import Actor
from leadline.core.custom.actions import make_field
from leadline.core.fields import catalogue
from leadline.core.refusals import RuleBroken
from leadline.customers import actions
from leadline.customers.models import Contact, Customer
from leadline.people.models import Role, User


@pytest.fixture
def pair(cast, make):
    """Two customers of Rosa that are one, each with a contact of the same e-mail."""
    stays = make.customer(cast.rosa, name="Acme", city="Jakarta", industry="Steel")
    goes = make.customer(cast.rosa, name="Acme Ltd", city="Bandung")
    make.contact(stays, name="Sri", email="sri@acme.example")
    make.contact(goes, name="Sri Dewi", email="sri@acme.example")
    make.note(goes)
    return stays, goes


def test_side_by_side_shows_what_differs_and_what_moves(cast, as_, pair):
    stays, goes = pair

    page = as_(cast.rosa).get(f"/customers/{stays.pk}/merge?with={goes.pk}").content.decode()

    assert 'name="choose-city"' in page
    assert 'name="choose-industry"' in page
    assert "1 note" in page
    assert "1 contact" in page
    assert 'name="combine" value="sri@acme.example" checked' in page
    assert not Customer.objects.filter(merged_into__isnull=False).exists()


def test_merging_leads_to_the_survivor_and_old_addresses_do_too(cast, as_, pair):
    stays, goes = pair
    rosa = as_(cast.rosa)

    done = rosa.post(
        f"/customers/{stays.pk}/merge",
        {"with": [stays.pk, goes.pk], "stays": stays.pk, "choose-city": goes.pk, "chose": "1"},
    )

    assert done["Location"] == f"/customers/{stays.pk}/?from={goes.pk}"
    stays.refresh_from_db()
    assert stays.city == "Bandung"
    assert Contact.objects.current().count() == 2  # nobody ticked that they are one
    old = rosa.get(f"/customers/{goes.pk}/notes")
    assert (old.status_code, old["Location"]) == (302, f"/customers/{stays.pk}/notes?from={goes.pk}")
    page = rosa.get(old["Location"]).content.decode()
    assert "Acme Ltd was merged into this customer" in page
    itself = rosa.get(f"/customers/{goes.pk}/history?itself=1")
    assert itself.status_code == 200
    assert "This customer was merged into" in itself.content.decode()


def test_who_stays_can_be_turned_round_without_changing_anything(cast, as_, pair):
    stays, goes = pair

    page = as_(cast.rosa, htmx=True).post(
        f"/customers/{stays.pk}/merge",
        {"with": [stays.pk, goes.pk], "stays": goes.pk, "look": "1", "chose": "1"},
    )

    assert page.status_code == 200
    assert f'action="/customers/{goes.pk}/merge"' in page.content.decode()
    assert not Customer.objects.filter(merged_into__isnull=False).exists()


def test_a_refusal_is_told_on_the_page(cast, as_, pair):
    stays, goes = pair
    actions.archive_customer(goes, by=Actor(cast.rosa))

    page = as_(cast.rosa).post(
        f"/customers/{stays.pk}/merge", {"with": [stays.pk, goes.pk], "stays": stays.pk, "chose": "1"}
    )

    assert page.status_code == 422
    assert "It is archived; restore it first." in page.content.decode()


def test_what_one_does_not_see_is_not_there(cast, as_, make, pair):
    stays, _goes = pair
    theirs = make.customer(cast.otto)

    assert as_(cast.rosa).get(f"/customers/{stays.pk}/merge?with={theirs.pk}").status_code == 404
    assert as_(cast.otto).get(f"/customers/{stays.pk}/merge?with={theirs.pk}").status_code == 404


def test_search_finds_the_survivor_by_the_old_name(cast, as_, pair, by):
    stays, goes = pair
    actions.edit_customer(goes, name="Zyxwara Besi", by=by(cast.rosa))
    actions.start_merge("customer", stays, others=[goes.pk], by=by(cast.rosa))

    found = as_(cast.rosa).get("/customers/?q=zyxwara").content.decode()

    assert f'href="/customers/{stays.pk}/"' in found
    assert f'href="/customers/{goes.pk}/"' not in found


def test_what_the_role_may_not_set_is_not_chosen(cast, as_, make, by):
    make_field("customer", label="Risk", kind="text", set_by=["finance"], by=by(cast.ada))
    stays, goes = make.customer(cast.rosa, x_risk="AA"), make.customer(cast.rosa, x_risk="B")

    page = as_(cast.rosa).get(f"/customers/{stays.pk}/merge?with={goes.pk}").content.decode()
    with pytest.raises(RuleBroken, match="can't be chosen"):
        actions.start_merge("customer", stays, others=[goes.pk], choose={"x_risk": goes.pk}, by=by(cast.rosa))

    assert 'name="choose-name"' in page
    assert "choose-x_risk" not in page
    actions.start_merge("customer", stays, others=[goes.pk], by=by(cast.rosa))
    assert catalogue("customer").field("x_risk").value_of(Customer.objects.get(pk=stays.pk)) == "AA"


def test_who_may_not_assign_merges_into_a_customer_without_owner(cast, make, by):
    stays, goes = make.customer(), make.customer(cast.rosa)
    role = Role.objects.get(key="administrator")
    without = {verb: scope for verb, scope in role.grants["customer"].items() if verb != "assign"}
    Role.objects.filter(pk=role.pk).update(grants={**role.grants, "customer": without})

    actions.start_merge("customer", stays, others=[goes.pk], by=by(User.objects.get(pk=cast.ada.pk)))

    stays.refresh_from_db()
    assert stays.owner is None
