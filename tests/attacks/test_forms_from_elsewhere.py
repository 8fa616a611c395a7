"""Against forms: sent from other sites, by links, with fields they don't have (CSRF, mass assignment)."""

from datetime import timedelta

import pytest
from django.test import Client

from leadline.core.clock import now
from leadline.core.events.models import EventRecord
from leadline.core.history.models import HistoryEntry
from leadline.customers.models import Contact, Customer
from leadline.people.models import User
from tests.attacks.conftest import routes

# What no form and no body may set, with a value that would be seen.
NOT_FOR_FORMS = {
    "id": "4711",
    "pk": "4711",
    "version": "99",
    "team": "South",
    "team_id": "2",
    "created_at": "1999-01-01T00:00:00Z",
    "archived_at": "1999-01-01T00:00:00Z",
    "blocked_at": "1999-01-01T00:00:00Z",
    "blocked": "true",
    "is_system": "true",
    "is_superuser": "true",
    "is_staff": "true",
    "session_epoch": "99",
    "grants": "{}",
    "user": "1",
    "created_by": "1",
    "name_key": "zzz",
}

# Web forms are sent from other sites, by people without a session: whoever they are is not looked at.
FOR_VISITORS = {"f/<slug:key>"}


def test_every_form_asks_for_a_token_of_our_own_pages(cast, as_, key):
    """Each address that changes anything when it is posted to, found by itself."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = as_(cast.ada).cookies
    taken = []
    for route in routes():
        answer = browser.post(route.address(key), headers={"Origin": "https://evil.example"})
        if answer.status_code not in (403, 405):
            taken.append((route.pattern, answer.status_code))

    assert {pattern for pattern, _status in taken} == FOR_VISITORS


def test_no_link_changes_anything(cast, ada, key):
    """A GET, as a picture on another site sends it, writes no history and no event."""
    before = HistoryEntry.objects.count(), EventRecord.objects.count(), User.objects.count()
    for route in routes():
        ada.get(route.address(key))

    assert (HistoryEntry.objects.count(), EventRecord.objects.count(), User.objects.count()) == before
    assert ada.get("/me").status_code == 200


def test_a_session_of_the_pages_opens_no_write_of_the_api(cast, as_):
    """A form on another site can send cookies and text; the API wants a token."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = as_(cast.ada).cookies
    answer = browser.post(
        "/api/v1/customers", b'{"name": "A", "email": "a@example.com"}', content_type="text/plain"
    )
    again = browser.post(
        "/api/v1/customers", {"name": "A", "email": "a@example.com"}, content_type="application/json"
    )

    assert answer.status_code in (401, 403, 415)
    assert again.status_code in (401, 403)
    assert not Customer.objects.exists()


def test_a_form_sets_only_its_own_fields(cast, as_, make):
    rosa = as_(cast.rosa)
    added = {"name": "Kopi", "email": "kopi@example.com", **NOT_FOR_FORMS}
    rosa.post("/customers/add", added)
    customer = Customer.objects.get(email="kopi@example.com")

    untouched(customer, cast)
    rosa.post(f"/customers/{customer.pk}/edit", {**added, "name": "Teh", "version": str(customer.version)})
    untouched(Customer.objects.get(email="kopi@example.com"), cast)


def untouched(customer, cast):
    assert customer.pk != 4711
    assert customer.owner_id == cast.rosa.pk
    assert customer.team_id == cast.north.pk
    assert customer.version < 50
    assert customer.created_at > now() - timedelta(hours=1)
    assert customer.archived_at is None
    assert not customer.is_blocked
    assert customer.name_key != "zzz"


@pytest.mark.parametrize("field", NOT_FOR_FORMS)
def test_a_body_that_names_more_than_the_operation_takes_is_refused(cast, make, program, field):
    customer = make.customer(cast.rosa)
    contact = make.contact(customer)
    rosa = program(cast.rosa)
    before = Customer.objects.values().get(pk=customer.pk), Contact.objects.values().get(pk=contact.pk)
    given = {field: NOT_FOR_FORMS[field]}

    assert rosa.post("customers", {"name": "A", "email": "a@example.com", **given}).status_code == 422
    assert rosa.patch(f"customers/{customer.pk}", given).status_code == 422
    assert rosa.patch(f"contacts/{contact.pk}", given).status_code == 422
    assert before == (
        Customer.objects.values().get(pk=customer.pk),
        Contact.objects.values().get(pk=contact.pk),
    )


def test_nobody_gives_oneself_a_role_by_one_s_own_profile(cast, as_):
    rosa = as_(cast.rosa)
    given = {
        "name": "Rosa",
        "email": "rosa@example.com",
        "roles": ["administrator"],
        "is_active": "on",
        "team": cast.south.pk,
    }
    for path in (
        "/me",
        f"/people/{cast.rosa.pk}",
        f"/people/{cast.ada.pk}",
        "/people/add",
        "/settings",
        "/teams/add",
    ):
        rosa.post(path, given)

    rosa = User.objects.get(pk=cast.rosa.pk)
    assert list(rosa.roles.values_list("key", flat=True)) == ["inside-sales"]
    assert rosa.team_id == cast.north.pk
    assert User.objects.get(pk=cast.ada.pk).roles.get().key == "administrator"
