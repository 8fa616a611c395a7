"""What a contact allows: consent with its history, what senders ask, a warning at calls (CUS-11, PPL-8)."""

from datetime import date, timedelta

import pytest

from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers import actions
from leadline.customers.models import Contact
from leadline.governance.contacting import may_contact
from leadline.governance.models import Channel, Consent
from leadline.imports import actions as imports
from leadline.imports.files import keep

STATED = {"channel": "email", "state": "given", "stated_on": date(2026, 5, 3), "source": "Web form"}

LATER = date.today() + timedelta(days=2)


@pytest.fixture
def contact(cast, make):
    return make.contact(make.customer(cast.rosa), email="tuti@example.com")


def statements(contact):
    rows = Consent.objects.about("contact", contact.pk)
    return [(row.channel, row.state, row.source) for row in rows]


def test_the_newest_statement_holds_and_all_are_kept(contact, cast, by):
    actions.record_consent(contact, **STATED, text_version="2026-1", by=by(cast.rosa))
    changed = actions.record_consent(
        contact, **{**STATED, "state": "withdrawn", "source": "Call"}, by=by(cast.rosa)
    )

    assert changed.consent_email == "withdrawn"
    assert statements(contact) == [("email", "withdrawn", "Call"), ("email", "given", "Web form")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("channel", "fax"),
        ("state", "perhaps"),
        ("source", " "),
        ("stated_on", date.today() + timedelta(days=2)),
    ],
)
def test_a_refusal_names_the_field(contact, cast, by, name, value):
    with pytest.raises(RuleBroken) as refused:
        actions.record_consent(contact, **{**STATED, name: value}, by=by(cast.rosa))
    assert refused.value.field == name
    assert statements(contact) == []


def test_who_may_not_edit_may_not_note(contact, cast, by):
    with pytest.raises(NotAllowed):
        actions.record_consent(contact, **STATED, by=by(cast.sam))


@pytest.mark.parametrize(
    ("fields", "channel", "reason"),
    [
        ({}, "email", ""),
        ({"do_not_email": True}, "email", "does not want e-mail"),
        ({"do_not_email": True}, "phone", ""),
        ({"do_not_call": True}, "phone", "does not want to be called"),
        ({"do_not_call": True}, "chat", ""),
        ({"consent_chat": "withdrawn"}, "chat", "withdrawn"),
        ({"consent_chat": "withdrawn"}, "email", ""),
        ({"lawful_basis": "consent"}, "post", "was not given"),
        ({"lawful_basis": "consent", "consent_post": "given"}, "post", ""),
        ({"lawful_basis": "contract"}, "post", ""),
    ],
)
def test_what_every_sender_asks(contact, cast, by, fields, channel, reason):
    actions.edit_contact(contact, **fields, by=by(cast.rosa))

    found = may_contact(Contact.objects.get(pk=contact.pk), channel)

    assert bool(found) == (reason == "")
    assert reason.lower() in found.why_not.lower()


def test_nothing_is_sent_to_the_blocked_the_archived_and_those_who_do_not_want_it(contact, cast, make, by):
    customer = contact.customer
    actions.block_customer(customer, reason="Fraud", by=by(cast.rosa))
    assert not may_contact(Contact.objects.get(pk=contact.pk), Channel.EMAIL)
    archived = actions.archive_contact(make.contact(make.customer(cast.rosa)), by=by(cast.rosa))
    assert not may_contact(archived, Channel.EMAIL)
    person = make.customer(cast.rosa, kind="individual", do_not_call=True)
    assert not may_contact(person, Channel.PHONE)
    assert may_contact(person, Channel.EMAIL)
    with pytest.raises(ValueError, match="fax"):
        may_contact(person, "fax")


def test_an_import_brings_consents_and_undoing_takes_them_back(contact, cast, by, settle, settings, tmp_path):
    settings.LEADLINE_DATA = tmp_path
    content = f"Customer,Name,E-mail,Email consent\n{contact.customer.name},Tuti,tuti@example.com,Withdrawn\n"
    brought = imports.bring("contacts", keep([content.encode()], "contacts.csv"), by=by(cast.ada))
    imports.choose_options(brought, on_duplicate="update", by=by(cast.ada))
    brought.refresh_from_db()
    imports.start_import(brought, by=by(cast.ada))
    settle()

    assert Contact.objects.get(pk=contact.pk).consent_email == "withdrawn"
    [(channel, state, _source)] = statements(contact)
    assert (channel, state) == ("email", "withdrawn")

    brought.refresh_from_db()
    undo_change_set(brought.change_set, by=by(cast.ada))
    settle()
    assert list(brought.change_set.undoing.kept) == []
    assert Contact.objects.get(pk=contact.pk).consent_email == ""
    assert statements(contact)[0][:2] == ("email", "")


def test_on_the_page_and_in_the_list(contact, cast, as_):
    client = as_(cast.rosa, htmx=True)
    stated = {**STATED, "stated_on": "2026-05-03"}

    assert client.post(f"/contacts/{contact.pk}/consent", {**stated, "source": ""}).status_code == 422
    assert client.post(f"/contacts/{contact.pk}/consent", stated).status_code == 200
    assert "Web form" in client.get(f"/contacts/{contact.pk}/consent").content.decode()
    page = as_(cast.rosa).get(f"/customers/{contact.customer_id}/contacts").content.decode()
    assert "Consent given" in page
    assert as_(cast.otto).get(f"/contacts/{contact.pk}/consent").status_code == 404


def test_logging_a_call_to_somebody_who_wants_none_warns(contact, cast, by, as_):
    actions.edit_contact(contact, do_not_call=True, by=by(cast.rosa))
    call = {"kind": "call", "title": "Called", "contact_id": contact.pk}

    answer = as_(cast.rosa, htmx=True).post(f"/customers/{contact.customer_id}/activities/log", call)

    assert answer.status_code == 200
    assert "Does not want to be called" in answer["HX-Trigger"]


def test_a_program_is_warned_as_well(contact, cast, by, program):
    actions.edit_contact(contact, do_not_call=True, by=by(cast.rosa))
    rosa, called = program(cast.rosa), {"kind": "call", "title": "Called", "contact": contact.pk}

    for address, more in (
        ("activities", {"customer": contact.customer_id}),
        (f"customers/{contact.customer_id}/activities", {}),
    ):
        assert rosa.post(address, {**called, **more}).json()["warning"] == "Does not want to be called."
        assert "warning" not in rosa.post(address, {**called, **more, "kind": "email"}).json()
        assert "warning" not in rosa.post(address, {**called, **more, "contact": None}).json()


def test_a_program_does_the_same(contact, cast, program):
    rosa = program(cast.rosa)
    stated = {**STATED, "stated_on": "2026-05-03"}

    noted = rosa.post(f"contacts/{contact.pk}/consents", stated)
    assert (noted.status_code, noted.json()["consent_email"]) == (200, "given")
    assert rosa.post(f"contacts/{contact.pk}/consents", {**stated, "stated_on": "soon"}).status_code == 422
    assert rosa.get(f"contacts/{contact.pk}/consents").json()["data"][0]["source"] == "Web form"
    where = {"field": "consent_email", "op": "equals", "value": "given"}
    assert rosa.get("contacts", {"where": where}).json()["count"]["value"] == 1
    changed = rosa.patch(f"contacts/{contact.pk}", {"consent_phone": "withdrawn"})
    assert changed.json()["consent_phone"] == "withdrawn"
    assert statements(contact)[0] == ("phone", "withdrawn", "api")


def test_undoing_one_merge_leaves_what_followed_from_another(cast, make, by, settle):
    customer = make.customer(cast.rosa)
    stays, first, second = (make.contact(customer) for _ in range(3))
    for contact, state in ((second, "withdrawn"), (first, "given")):
        actions.record_consent(contact, **{**STATED, "state": state}, by=by(cast.rosa))
    one, _two = (
        actions.start_merge("contact", stays, others=[other.pk], by=by(cast.rosa))
        for other in (first, second)
    )
    assert ("email", "withdrawn", "merge") in statements(stays)

    undo_change_set(ChangeSet.objects.get(pk=one.change_set), by=by(cast.rosa))
    settle()

    assert ("email", "withdrawn", "merge") in statements(stays)
    assert statements(first) == [("email", "given", "Web form")]
    stays.refresh_from_db()
    assert stays.consent_email == "withdrawn"
