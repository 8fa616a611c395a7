"""A lead becomes a customer with a contact, all that happened goes along, and it can be undone (LEA-9)."""

from datetime import date, timedelta
from functools import partial

import pytest

from leadline.core.actions import Actor
from leadline.core.changesets import ChangeSet, kept_rows, undo_change_set
from leadline.core.clock import now
from leadline.core.custom.actions import make_field
from leadline.core.events.models import EventRecord
from leadline.core.lists import Selection
from leadline.core.privacy import person_of
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers import actions as customers
from leadline.customers.models import Contact, Customer
from leadline.governance.actions import confirm_erasure, request_erasure
from leadline.governance.models import Consent
from leadline.leads import actions
from leadline.leads.bulk import start_bulk
from leadline.leads.events import LeadConverted
from leadline.leads.models import Lead
from leadline.leads.queries.seeing import lead_named
from leadline.platform.models import PlatformUser
from leadline.platform.tests.conftest import event, told
from leadline.tasks.actions import add_task, finish_task
from leadline.tasks.models import Task
from leadline.timeline.models import Activity
from tests.at_once import at_once

__all__ = ["told"]

pytestmark = pytest.mark.django_db


def undo(changes, by, settle):
    undo_change_set(ChangeSet.objects.get(pk=changes), by=by)
    settle()


def task_about(lead, by):
    task = add_task(title="Send samples", by=by)
    Task.objects.filter(pk=task.pk).update(about_kind="lead", about_id=lead.pk)
    return task


def last_change():
    return ChangeSet.objects.filter(kind="leads.convert").latest("pk")


def test_a_lead_becomes_a_customer_and_a_contact(cast, by, lead):
    stated = {"channel": "email", "state": "given", "stated_on": date(2026, 5, 3), "source": "Web form"}
    actions.record_consent(lead, **stated, by=by(cast.rosa))

    lead = actions.convert_lead(lead_named(lead.pk), by=by(cast.rosa))

    customer, contact = lead.converted_to, lead.converted_contact
    assert (lead.stage.key, lead.is_open) == ("converted", False)
    assert (customer.name, customer.kind, customer.owner) == ("Kopi Nusantara", "enterprise", cast.rosa)
    assert (customer.email, customer.phone, customer.country) == ("budi@kopi.co.id", "+6281234567890", "ID")
    assert (customer.source, customer.tags, customer.language) == ("Fair", ["coffee"], "id")
    assert (contact.customer, contact.name, contact.is_primary) == (customer, "Budi Santoso", True)
    assert (contact.lawful_basis, contact.consent_email) == ("consent", "given")
    told = Consent.objects.about("contact", contact.pk).get()
    assert (told.source, told.stated_on) == ("Web form", date(2026, 5, 3))
    assert EventRecord.objects.filter(name=LeadConverted.name()).count() == 1
    assert last_change().state == "done"


def test_a_lead_without_a_company_becomes_a_person(cast, by, make):
    lead = make.lead(cast.rosa, name="Sari Wijaya", email="sari@example.com", do_not_call=True)

    customer = actions.convert_lead(lead, by=by(cast.rosa)).converted_to

    assert (customer.name, customer.kind, customer.do_not_call) == ("Sari Wijaya", "individual", True)
    assert customer.contacts.get().name == "Sari Wijaya"


def test_all_that_happened_is_shown_on_the_customer(cast, by, lead, as_):
    actions.work_lead(lead, outcome="connected", notes="Wants samples", by=by(cast.rosa))
    task = task_about(lead, by(cast.rosa))

    lead = actions.convert_lead(lead_named(lead.pk), by=by(cast.rosa))
    actions.log_activity(lead, kind="chat", title="Said thanks", by=by(cast.rosa))

    page = as_(cast.rosa).get(f"/customers/{lead.converted_to_id}/activities").content.decode()
    mine = as_(cast.rosa).get(f"/leads/{lead.pk}/").content.decode()
    for text in ("Wants samples", "Said thanks", "Converted"):
        assert text in page
        assert text in mine
    task = Task.objects.get(pk=task.pk)
    assert (task.about_kind, task.about_id) == ("customer", lead.converted_to_id)
    assert lead.converted_to.name in mine
    assert lead.converted_to.pulse.last_interaction_at == lead.pulse.last_contact_at


def test_undoing_brings_the_lead_back_and_archives_what_it_made(cast, by, lead, settle):
    actions.work_lead(lead, outcome="no_answer", by=by(cast.rosa))
    task = task_about(lead, by(cast.rosa))
    before = lead_named(lead.pk)
    converted = actions.convert_lead(before, by=by(cast.rosa))

    undo(last_change().pk, by(cast.rosa), settle)

    back = lead_named(lead.pk)
    assert (back.stage.key, back.converted_to, back.callback_at) == ("follow_up", None, before.callback_at)
    assert back.pulse.callback_at == before.callback_at
    assert Customer.objects.get(pk=converted.converted_to_id).is_archived
    assert Contact.objects.get(pk=converted.converted_contact_id).archived_at is not None
    logged = Activity.objects.get(lead_id=lead.pk, kind="call")
    assert (logged.customer_id, logged.contact_id) == (None, None)
    task = Task.objects.get(pk=task.pk)
    assert (task.about_kind, task.about_id) == ("lead", lead.pk)
    again = actions.convert_lead(back, by=by(cast.rosa))
    assert again.converted_to_id != converted.converted_to_id


def test_a_callback_that_was_agreed_becomes_a_task_and_undoing_takes_it_back(cast, by, lead, settle):
    actions.work_lead(lead, outcome="no_answer", by=by(cast.rosa))
    agreed = lead_named(lead.pk).callback_at

    lead = actions.convert_lead(lead_named(lead.pk), by=by(cast.rosa))

    task = Task.objects.get()
    assert (task.title, task.kind, task.owner) == ("Call back: Budi Santoso", "call", cast.rosa)
    assert (task.about_kind, task.about_id) == ("customer", lead.converted_to_id)
    assert (task.due_at, task.zone) == (agreed, "Asia/Jakarta")
    undo(last_change().pk, by(cast.rosa), settle)
    assert Task.objects.get().is_archived
    assert lead_named(lead.pk).callback_at == agreed


def test_the_callback_stays_the_owners_whoever_converts(cast, by, make):
    soon = now() + timedelta(days=1)
    ids = [make.lead(owner, email=f"n{n}@firma{n}.co.id").pk for n, owner in enumerate([cast.rosa, cast.sam])]
    Lead.objects.filter(pk__in=ids).update(callback_at=soon)
    quiet = make.lead(cast.rosa, email="quiet@example.com").pk

    done = actions.convert_leads([*ids, quiet], by=by(cast.ada))

    assert done.changed == [*ids, quiet]
    assert [task.owner for task in Task.objects.order_by("owner__name")] == [cast.rosa, cast.sam]


def test_a_task_of_the_callback_that_was_done_since_stays(cast, by, make, settle):
    lead = make.lead(cast.rosa, email="a@example.com")
    Lead.objects.filter(pk=lead.pk).update(callback_at=now() + timedelta(hours=1))
    actions.convert_lead(lead, by=by(cast.rosa))
    finish_task(Task.objects.get(), by=by(cast.rosa))

    undo(last_change().pk, by(cast.rosa), settle)

    assert not Task.objects.get().is_archived


def test_a_customer_that_was_changed_since_stays_and_the_undoing_says_so(cast, by, lead, settle):
    converted = actions.convert_lead(lead, by=by(cast.rosa))
    customers.edit_customer(converted.converted_to, industry="Coffee", by=by(cast.mira))

    undo(last_change().pk, by(cast.rosa), settle)

    assert lead_named(lead.pk).is_open
    assert not Customer.objects.get(pk=converted.converted_to_id).is_archived
    (kept,) = [row for row in kept_rows(last_change().undoing) if row.kind == "customer"]
    assert kept.reason == "Edited since by Mira Okafor, so it stays."


def test_one_that_is_here_is_told_and_not_doubled(cast, by, make, lead):
    here = make.customer(cast.rosa, name="Kopi Nusantara PT", email="budi@kopi.co.id")

    with pytest.raises(RuleBroken) as refused:
        actions.convert_lead(lead, by=by(cast.rosa))
    assert "Kopi Nusantara PT" in refused.value.message
    assert "same e-mail" in refused.value.message
    assert lead_named(lead.pk).is_open
    assert not ChangeSet.objects.exists(), "a refusal leaves nothing"

    joined = actions.convert_lead(lead, into=here, by=by(cast.rosa))
    here.refresh_from_db()
    assert (joined.converted_to, here.phone, here.name) == (here, "+6281234567890", "Kopi Nusantara PT")
    assert here.contacts.get().name == "Budi Santoso"


def test_one_out_of_sight_is_told_without_its_name(cast, by, make, lead):
    hidden = make.customer(cast.otto, name="Secret Holding", email="budi@kopi.co.id")

    with pytest.raises(RuleBroken) as refused:
        actions.convert_lead(lead, by=by(cast.rosa))
    assert "Secret" not in refused.value.message
    with pytest.raises(NotAllowed):
        actions.convert_lead(lead, into=hidden, by=by(cast.rosa))

    made = actions.convert_lead(lead, alike="new", by=by(cast.rosa)).converted_to
    assert made.pk != hidden.pk


def test_the_person_who_is_a_contact_already_stays_one(cast, by, make, lead):
    """What the contact has stays; the stricter wish and consent hold."""
    here = make.customer(cast.rosa, name="Kopi")
    known = make.contact(here, name="Pak Budi", email="budi@kopi.co.id", consent_phone="given")
    lead = actions.edit_lead(lead, consent_phone="withdrawn", do_not_call=True, by=by(cast.rosa))

    converted = actions.convert_lead(lead, into=here, by=by(cast.rosa))

    contact = converted.converted_contact
    assert (contact.pk, contact.name, contact.phone) == (known.pk, "Pak Budi", "+6281234567890")
    assert (contact.do_not_call, contact.consent_phone) == (True, "withdrawn")
    assert here.contacts.count() == 1


def test_many_are_left_joined_or_made_anew(cast, by, make):
    here = make.customer(cast.rosa, name="Here", email="same@kopi.co.id")
    ids = [make.lead(cast.rosa, name=f"Lead {n}", email=f"n{n}@firma{n}.co.id").pk for n in range(3)]
    same = make.lead(cast.rosa, name="Same", email="same@kopi.co.id").pk
    without = make.lead(cast.rosa, name="Mailless", email="", phone="+6281234500000").pk
    others = make.lead(cast.otto, name="Otto's").pk

    left = actions.convert_leads([*ids, same, without, others], by=by(cast.rosa))
    joined = actions.convert_leads([same], alike="join", by=by(cast.rosa))

    assert left.changed == ids
    assert set(left.refused) == {same, without, others}
    assert "E-mail" in left.refused[without]
    assert joined.changed == [same]
    assert lead_named(same).converted_to == here


def test_a_manager_converts_for_the_seller(cast, by, lead):
    assert actions.convert_lead(lead, by=by(cast.mira)).converted_to.owner == cast.rosa


def test_twice_makes_one_customer(cast, by, lead):
    actions.convert_lead(lead, by=by(cast.rosa))

    with pytest.raises(RuleBroken) as refused:
        actions.convert_lead(lead, by=by(cast.mira))

    assert refused.value.message == "This lead became a customer already."
    assert Customer.objects.count() == 1
    with pytest.raises(RuleBroken):
        actions.reopen_lead(lead, by=by(cast.rosa))


@pytest.mark.parametrize("who", ["lena", "sam", "otto"])
def test_who_adds_no_customers_or_edits_no_such_lead_converts_none(cast, by, lead, who):
    with pytest.raises(NotAllowed):
        actions.convert_lead(lead, by=by(getattr(cast, who)))
    assert not Customer.objects.exists()


def test_merging_the_customer_takes_the_lead_along(cast, by, make, lead):
    converted = actions.convert_lead(lead, by=by(cast.rosa))
    survivor = make.customer(cast.rosa, name="Kopi again")

    customers.merge_customers(survivor, others=[converted.converted_to_id], by=by(cast.rosa))

    assert Lead.objects.get(pk=lead.pk).converted_to_id == survivor.pk


def test_users_of_the_platform_go_along_and_come_back(cast, by, told, lead, settle):
    told(event("logged_in", "u-1", email="budi@kopi.co.id"))
    settle()
    user = PlatformUser.objects.get()
    assert user.customer is None

    converted = actions.convert_lead(lead, by=by(cast.rosa))
    assert PlatformUser.objects.get().customer == converted.converted_to

    undo(last_change().pk, by(cast.rosa), settle)
    assert PlatformUser.objects.get().customer is None


def test_custom_fields_that_both_have_are_carried_over(cast, by, make):
    for kind in ("lead", "customer"):
        make_field(kind, kind="text", label="Roast", by=by(cast.ada))
    make_field("lead", kind="text", label="Only of leads", by=by(cast.ada))
    lead = make.lead(cast.rosa, x_roast="dark", x_only_of_leads="secret")

    customer = actions.convert_lead(lead, by=by(cast.rosa)).converted_to

    assert customer.custom == {"x_roast": "dark"}


def test_many_are_converted_from_the_list_as_one_change_set(cast, by, make, settle):
    ids = [make.lead(cast.rosa, email=f"n{n}@firma{n}.co.id").pk for n in range(3)]

    job = start_bulk(Selection("lead", ids=tuple(ids)), "convert", {"alike": "leave"}, by=by(cast.rosa))
    settle()
    assert Customer.objects.count() == 3
    undo(job.change_set_id, by(cast.rosa), settle)

    assert not Customer.objects.current().exists()
    assert Lead.objects.open().count() == 3


def test_erasing_the_contact_erases_the_lead_that_it_was(cast, by, lead, settle):
    lead = actions.convert_lead(lead, by=by(cast.rosa))
    person = person_of("contact", lead.converted_contact_id)
    same = person_of("lead", lead.pk)
    assert person.ids("lead") == [lead.pk]
    assert same.ids("contact") == [lead.converted_contact_id]

    confirm_erasure(
        request_erasure(person, reason="Asked", by=by(cast.ada)), name=person.name, by=by(cast.ada)
    )
    settle()

    assert Lead.objects.get(pk=lead.pk).is_erased
    assert Contact.objects.get(pk=lead.converted_contact_id).is_erased


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_customer(cast, make):
    for number in range(3):
        lead = make.lead(cast.rosa, email=f"n{number}@firma{number}.co.id")
        ways = at_once(
            partial(tried, lead, by=Actor(cast.rosa)),
            partial(tried, lead, by=Actor(cast.mira)),
        )
        assert sorted(ways) == ["This lead became a customer already.", "converted"]
        assert Customer.objects.filter(name=lead.name).count() == 1
        assert Contact.objects.filter(name=lead.name).count() == 1


def tried(lead, *, by):
    try:
        actions.convert_lead(lead, by=by)
    except RuleBroken as refused:
        return refused.message
    return "converted"
