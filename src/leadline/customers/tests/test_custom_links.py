"""Custom fields that point at somebody or a record: edited, and merged with what they point at (CUS-21)."""

import pytest

from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.custom.actions import make_field
from leadline.core.lists.models import SavedView
from leadline.customers import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(cast, by):
    for about in ("customer", "contact"):
        make_field(about, label="Supplier", kind="link", by=by(cast.ada))
        make_field(about, label="Adviser", kind="user", by=by(cast.ada))


def test_a_form_is_saved_while_a_field_points_at_somebody_gone_or_out_of_sight(cast, as_, make, by, fields):
    hidden = make.customer(cast.otto, name="Secret Holding")
    pointing = {"x_supplier": hidden.pk, "x_adviser": cast.otto.pk}
    customer = make.customer(cast.rosa)
    contact = make.contact(customer)
    for row in (customer, contact):
        type(row).objects.filter(pk=row.pk).update(custom=pointing)
    type(cast.otto).objects.filter(pk=cast.otto.pk).update(is_active=False)
    rosa = as_(cast.rosa)
    for row, address in (
        (customer, f"/customers/{customer.pk}/edit"),
        (contact, f"/contacts/{contact.pk}/edit"),
    ):
        page = rosa.get(address).content.decode()
        assert "x_supplier" not in page
        assert "x_adviser" not in page
        sent = {"name": "Changed", "email": row.email, "status": "prospect", "x_supplier": str(hidden.pk)}
        sent |= {"lawful_basis": "contract", "is_primary": "on"}
        assert rosa.post(address, sent).status_code == 302
        row.refresh_from_db()
        assert (row.name, row.custom) == ("Changed", pointing)


def test_links_lead_to_the_survivor_of_a_merge_and_back(cast, make, by, settle, fields):
    stays, goes = make.customer(cast.rosa), make.customer(cast.rosa)
    customer = make.customer(cast.rosa, x_supplier=goes.pk, x_adviser=cast.otto.pk)
    contact = make.contact(customer, x_supplier=goes.pk)
    done = actions.start_merge("customer", stays, others=[goes.pk], by=by(cast.rosa))
    customer.refresh_from_db()
    contact.refresh_from_db()
    assert customer.custom == {"x_supplier": stays.pk, "x_adviser": cast.otto.pk}
    assert contact.custom == {"x_supplier": stays.pk}
    assert {"1 customer that is linked to it", "1 contact that is linked to it"} <= set(done.moved)

    undo_change_set(ChangeSet.objects.get(pk=done.change_set), by=by(cast.rosa))
    settle()
    customer.refresh_from_db()
    contact.refresh_from_db()
    assert customer.custom == {"x_supplier": goes.pk, "x_adviser": cast.otto.pk}
    assert contact.custom == {"x_supplier": goes.pk}


def test_a_field_of_another_kind_by_the_same_name_is_left_as_it_is(cast, make, by):
    make_field("customer", label="Zeppelin", kind="number", by=by(cast.ada))
    make_field("contact", label="Zeppelin", kind="link", by=by(cast.ada))
    stays, goes = make.customer(cast.rosa), make.customer(cast.rosa)
    asked = {"field": "x_zeppelin", "op": "equals", "value": goes.pk}
    where = {"and": [asked, {"count": "contacts", "where": asked, "op": "at_least", "value": 1}]}
    view = SavedView.objects.create(name="Zeppelins", kind="customer", owner=cast.rosa, where=where)
    actions.start_merge("customer", stays, others=[goes.pk], by=by(cast.rosa))
    view.refresh_from_db()
    first, linked = view.where["and"]
    assert (first["value"], linked["where"]["value"]) == (goes.pk, stays.pk)
