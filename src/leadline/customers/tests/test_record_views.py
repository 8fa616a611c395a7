"""The 360° page and its verbs, as people of different roles meet them (CUS-9 to CUS-14)."""

import pytest

from leadline.customers.models import Contact, Customer
from leadline.customers.queries.seeing import customer_seen_by
from leadline.timeline.models import Activity


def page(customer, tab=""):
    return f"/customers/{customer.pk}/{tab}"


@pytest.mark.parametrize("tab", ["", "contacts", "activities", "notes", "history"])
def test_each_tab_has_an_address_of_its_own(cast, make, as_, tab):
    """CUS-10"""
    acme = make.customer(cast.rosa, name="Acme Corp")
    make.contact(acme, name="Ann Lee")
    make.activity(acme, title="First call")
    make.note(acme, "Ask for **Ann**")

    response = as_(cast.rosa).get(page(acme, tab))

    assert response.status_code == 200
    assert "Acme Corp" in response.content.decode()


@pytest.mark.parametrize("tab", ["", "contacts", "activities", "notes", "history", "edit", "activities/log"])
def test_a_stranger_finds_no_such_customer(cast, make, as_, tab):
    """ALL-3"""
    acme = make.customer(cast.rosa)

    assert as_(cast.otto).get(page(acme, tab)).status_code == 404
    assert as_(cast.otto).get(f"/customers/999999999/{tab}").status_code == 404


@pytest.mark.parametrize(
    ("tab", "queries"), [("", 5), ("contacts", 5), ("activities", 6), ("notes", 6), ("history", 9)]
)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    cast, make, as_, tab, queries, django_assert_max_num_queries
):
    """ALL-7"""
    acme = make.customer(cast.rosa)
    for number in range(12):
        person = make.contact(acme)
        make.activity(acme, days_ago=number, contact_id=person.pk)
        make.note(acme, f"Note {number}")
    client = as_(cast.rosa)
    client.get(page(acme, tab))

    with django_assert_max_num_queries(queries):
        client.get(page(acme, tab))


def test_a_rep_edits_her_customer(cast, make, as_):
    acme = make.customer(cast.rosa, name="Acme", country="DE")
    typed = {"name": "Acme AG", "email": acme.email, "phone": "030 123456", "version": acme.version}

    response = as_(cast.rosa, htmx=True).post(page(acme, "edit"), typed)

    acme.refresh_from_db()
    assert response.status_code == 200
    assert "customer-changed" in response["HX-Trigger"]
    assert (acme.name, acme.phone) == ("Acme AG", "+4930123456")
    assert acme.country == "DE", "a field that was not sent erases nothing"


def test_what_is_wrong_is_told_beside_its_field_and_typing_stays(cast, make, as_):
    """ALL-2"""
    acme = make.customer(cast.rosa, name="Acme")

    response = as_(cast.rosa, htmx=True).post(page(acme, "edit"), {"name": "Acme", "email": "no address"})

    text = response.content.decode()
    assert response.status_code == 422
    assert "is not an e-mail address" in text
    assert 'value="no address"' in text


def test_a_save_over_somebody_elses_shows_both_and_lets_choose(cast, make, as_):
    """ALL-1"""
    acme = make.customer(cast.rosa, name="Acme", industry="Tea")
    seen = {"name": "Acme", "email": acme.email, "status": "prospect", "kind": "enterprise", "tier": 3}
    rosa, mira = as_(cast.rosa, htmx=True), as_(cast.mira, htmx=True)
    mira.post(page(acme, "edit"), {**seen, "industry": "Coffee", "version": acme.version})

    refused = rosa.post(page(acme, "edit"), {**seen, "industry": "Cocoa", "version": acme.version})

    text = refused.content.decode()
    assert refused.status_code == 422
    assert "Mira Okafor" in text
    assert "Coffee" in text
    assert "Cocoa" in text
    acme.refresh_from_db()
    assert acme.industry == "Coffee"

    chosen = {**seen, "industry": "Cocoa", "version": acme.version}
    rosa.post(page(acme, "edit"), {**chosen, "take_theirs": "industry", "theirs_industry": "Coffee"})
    acme.refresh_from_db()
    assert acme.industry == "Coffee"

    rosa.post(page(acme, "edit"), {**chosen, "version": acme.version})
    acme.refresh_from_db()
    assert acme.industry == "Cocoa"


def test_the_form_for_a_new_customer_starts_from_what_it_would_get_anyway(cast, as_):
    """CUS-3: nobody becomes an active individual because these stand first in the choices."""
    page = as_(cast.rosa, htmx=True).get("/customers/add").content.decode()

    for value in (Customer.Kind.ENTERPRISE, Customer.Status.PROSPECT):
        assert f'<option value="{value}" selected>' in page


def test_a_likely_duplicate_is_shown_before_saving(cast, make, as_):
    """CUS-3"""
    make.customer(cast.rosa, name="Meridian Freight", email="ops@meridian.com")
    typed = {"name": "Meridian  Freight", "email": "ops@meridian.com", "status": "prospect", "kind": "dealer"}

    warned = as_(cast.rosa, htmx=True).post("/customers/add", typed)
    created = as_(cast.rosa, htmx=True).post("/customers/add", {**typed, "anyway": "1"})

    assert warned.status_code == 422
    assert "same e-mail" in warned.content.decode()
    assert Customer.objects.filter(email="ops@meridian.com").count() == 2
    assert created["HX-Redirect"].startswith("/customers/")


def test_a_likely_duplicate_is_shown_though_not_all_is_understood(cast, make, as_):
    """CUS-3: as it was while it was typed."""
    make.customer(cast.rosa, name="Meridian Freight", phone="+4930901820")
    typed = {"name": "Meridian Freight", "email": "ops@", "country": "DE", "phone": "030 901820"}

    for address in ("/customers/likely", "/customers/add"):
        told = as_(cast.rosa, htmx=True).post(address, {**typed, "status": "prospect", "kind": "dealer"})
        assert "same phone, name 100 % alike" in told.content.decode(), address


def test_a_duplicate_of_another_team_is_told_without_its_name(cast, make, as_):
    """CUS-3, ALL-3"""
    make.customer(cast.otto, name="Secret Shipping", email="ops@secret.com")

    warned = as_(cast.rosa, htmx=True).post(
        "/customers/add", {"name": "Ours", "email": "ops@secret.com", "status": "prospect", "kind": "dealer"}
    )

    assert "A customer of another team" in warned.content.decode()
    assert "Secret Shipping" not in warned.content.decode()


def test_a_customer_is_blocked_with_a_reason_and_unblocked(cast, make, as_):
    """CUS-14"""
    acme = make.customer(cast.rosa)
    client = as_(cast.rosa, htmx=True)

    assert client.post(page(acme, "block"), {"reason": " "}).status_code == 422
    client.post(page(acme, "block"), {"reason": "Never pays"})

    acme.refresh_from_db()
    assert acme.is_blocked
    assert "Never pays" in client.get(page(acme)).content.decode()
    assert Activity.objects.filter(customer_id=acme.pk, title="Blocked", description="Never pays").exists()

    client.post(page(acme, "unblock"))
    acme.refresh_from_db()
    assert not acme.is_blocked


def test_who_may_not_is_refused_in_words(cast, make, as_):
    """ALL-3: an auditor reads everything and changes nothing."""
    acme = make.customer(cast.rosa)
    aud = as_(cast.aud)

    assert aud.get(page(acme)).status_code == 200
    for verb, answers in {
        "edit": {"name": "X"},
        "block": {"reason": "X"},
        "archive": {},
        "tag": {"add": "x"},
    }.items():
        assert aud.post(page(acme, verb), answers).status_code == 403, verb
    assert "More actions" not in aud.get(page(acme)).content.decode()


def test_archiving_keeps_everything_and_restoring_brings_it_back(cast, make, as_):
    """ALL-1"""
    acme = make.customer(cast.rosa)
    client = as_(cast.rosa, htmx=True)

    client.post(page(acme, "archive"))
    archived = client.get(page(acme)).content.decode()
    client.post(page(acme, "restore"))

    acme.refresh_from_db()
    assert "This customer is archived" in archived
    assert not acme.is_archived


def test_contacts_are_added_made_primary_and_archived(cast, make, as_):
    """CUS-11"""
    acme = make.customer(cast.rosa)
    client = as_(cast.rosa, htmx=True)
    for name in ("Ann", "Bob"):
        client.post(page(acme, "contacts/add"), {"name": name, "email": f"{name}@acme.com"})
    ann, bob = Contact.objects.filter(customer=acme).order_by("name")

    client.post(f"/contacts/{bob.pk}/primary")
    assert list(Contact.objects.filter(customer=acme, is_primary=True)) == [bob]

    client.post(f"/contacts/{bob.pk}/archive")
    assert list(Contact.objects.filter(customer=acme, is_primary=True)) == [ann]
    assert as_(cast.otto, htmx=True).post(f"/contacts/{ann.pk}/archive").status_code == 404


@pytest.mark.parametrize("who", ["rosa", "otto", "lena", "mira", "ada", "aud", "prue"])
def test_the_page_finds_what_the_scope_finds(cast, make, who):
    """ALL-3: its plain SQL and `visible_to` are one rule."""
    user = getattr(cast, who)
    parent = make.customer(cast.otto)
    customers = [make.customer(cast.rosa, parent=parent), parent, make.customer(None)]

    for customer in customers:
        seen = customer_seen_by(user, customer.pk)

        assert (seen is not None) == Customer.objects.visible_to(user).filter(pk=customer.pk).exists()
        if seen is not None:
            fresh = Customer.objects.get(pk=customer.pk)
            assert (seen.owner, seen.team, seen.parent) == (fresh.owner, fresh.team, fresh.parent)
            assert seen.__dict__.keys() >= fresh.__dict__.keys()


def test_a_parent_is_chosen_shown_and_refused_in_a_circle_on_the_page(cast, make, as_):
    """CUS-1: what is refused is told beside the field; the name typed stays."""
    harbour, pier = make.customer(cast.rosa, name="Harbour"), make.customer(cast.rosa, name="Pier")
    client, typed = as_(cast.rosa, htmx=True), {"name": "Same name", "email": "same@example.com"}

    client.post(page(pier, "edit"), {**typed, "parent": harbour.pk})
    shown = as_(cast.rosa).get(page(pier, "")).content.decode()
    refused = client.post(page(harbour, "edit"), {**typed, "parent": pier.pk})

    assert f'<a href="/customers/{harbour.pk}/">Harbour</a>' in shown
    assert refused.status_code == 422
    assert 'value="Same name" aria-invalid="true"' in refused.content.decode()
    assert "circle" in refused.content.decode()
    client.post(page(pier, "edit"), {**typed, "parent": ""})
    pier.refresh_from_db()
    assert pier.parent is None


def test_a_parent_out_of_sight_is_not_named_and_stays(cast, make, as_):
    """ALL-3: an edit by somebody who does not see the parent leaves it where it is."""
    secret = make.customer(cast.otto, name="Secret Holding")
    pier = make.customer(cast.rosa, parent=secret.pk)
    client = as_(cast.rosa, htmx=True)

    shown = client.get(page(pier, "")).content.decode() + client.get(page(pier, "edit")).content.decode()
    typed = {"name": pier.name, "email": pier.email, "city": "Solo", "parent": ""}
    saved = client.post(page(pier, "edit"), typed)

    assert "Secret Holding" not in shown
    assert saved.status_code == 200
    pier.refresh_from_db()
    assert (pier.parent_id, pier.city) == (secret.pk, "Solo")


@pytest.mark.parametrize(
    "dialog",
    ["assign", "tag", "status", "block", "contacts/add", "activities/log", "notes/write", "promises/make"],
)
def test_a_reader_is_refused_before_anything_is_typed(cast, make, as_, dialog):
    """The auditor sees the customer and its page, and no dialog that changes it."""
    address = f"/customers/{make.customer(cast.rosa).pk}/{dialog}"

    assert as_(cast.mira).get(address).status_code == 200
    for browser in (as_(cast.aud), as_(cast.aud, htmx=True)):
        opened, sent = browser.get(address), browser.post(address, {"name": "Nina", "body": "T"})
        assert (opened.status_code, sent.status_code) == (403, 403)
        assert "Your role does not allow this" in opened.text
