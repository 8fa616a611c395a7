"""Merging and undoing leaves every table as it was, whatever hangs on the records (CUS-23, SIG-3)."""

import random
from contextlib import suppress
from datetime import date, timedelta
from threading import Event

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.clock import now
from leadline.core.lists.models import SavedView
from leadline.core.privacy import person_of
from leadline.core.refusals import Refusal, RuleBroken
from leadline.customers import actions
from leadline.customers.models import Contact, Customer, Pulse
from leadline.customers.tests.test_adding import drafts_of
from leadline.customers.tests.test_contacts import drafts_of as contact_drafts_of
from leadline.governance.actions import confirm_erasure, request_erasure
from leadline.governance.models import Consent, Erasure, LegalHold, Sensitive
from leadline.handovers.models import Handover, Sheet, SheetLine
from leadline.timeline.actions import attach_file
from leadline.timeline.models import Activity, Attachment, Note, Promise
from tests.at_once import at_once, until_somebody_waits
from tests.cast import undone

TABLES = (
    Customer,
    Pulse,
    Contact,
    Activity,
    Note,
    Attachment,
    Promise,
    Consent,
    Sensitive,
    LegalHold,
    Erasure,
)
MOVES_ON = {"version", "updated_at"}


def picture():
    """Every row of all that may hang on a customer, but for what moves on with each change."""
    return {
        model.__name__: sorted(
            tuple(sorted((name, repr(value)) for name, value in row.items() if name not in MOVES_ON))
            for row in model.objects.values()
        )
        for model in (*TABLES, SheetLine, SavedView)
    }


def adorn(chance, customer, others, make, by, cast):
    """Hang some of everything on a customer."""
    contacts = [adorned_contact(chance, customer, make, by) for _ in range(chance.randint(0, 3))]
    for _ in range(chance.randint(0, 4)):
        who = chance.choice([None, *contacts])
        make.activity(customer, days_ago=chance.randint(0, 400), contact_id=who.pk if who else None)
    for _ in range(chance.randint(0, 2)):
        attach_file(make.note(customer), SimpleUploadedFile("a.txt", b"a"), by=by)
    if chance.random() < 0.5:
        actions.make_promise(customer, text="A list", due_on=date(2030, 1, 1), by=by)
    if chance.random() < 0.5:
        actions.set_sensitive_of(customer, {"tax_id": "1"}, by=by)
    if chance.random() < 0.3:
        LegalHold.objects.create(
            kind="customer", record_id=customer.pk, reason="Dispute", set_by=cast.ada, set_at=now()
        )
    if chance.random() < 0.3:
        with suppress(Refusal):  # a circle
            actions.edit_customer(customer, parent=chance.choice(others).pk, by=by)
    where = {"and": [{"field": "parent", "op": "equals", "value": customer.pk}]}
    SavedView.objects.create(name=f"Of {customer.pk}", kind="customer", owner=cast.ada, where=where)


def adorned_contact(chance, customer, make, by):
    """A contact, perhaps with the e-mail of another customer's, a consent and a tax id."""
    email, phone = f"{chance.choice('abcdef')}@same.example", chance.choice(["", "+628115550100"])
    contact = make.contact(customer, email=email, phone=phone)
    if chance.random() < 0.5:
        said = {"channel": "email", "state": chance.choice(["given", "withdrawn"])}
        actions.record_consent(contact, **said, stated_on=date(2026, 1, 2), source="form", by=by)
    if chance.random() < 0.3:
        actions.set_sensitive_of(contact, {"tax_id": str(chance.random())}, by=by)
    return contact


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_merging_and_undoing_leaves_every_table_as_before(cast, make, by, settle, seed):
    chance, ada = random.Random(seed), by(cast.ada)
    with undone():
        records = [
            make.customer(chance.choice([cast.rosa, cast.otto]), city=chance.choice("AB")) for _ in range(4)
        ]
        started = {"started_by": cast.ada, "starts_on": date.today() + timedelta(days=9), "created_at": now()}
        handover = Handover.objects.create(reason="change", way="one", title="H", **started)
        sheet = Sheet.objects.create(handover=handover, owner=cast.rosa, created_at=now())
        for record in records:
            adorn(chance, record, records, make, ada, cast)
            if chance.random() < 0.7:
                SheetLine.objects.create(sheet=sheet, kind="customer", record_id=record.pk, why="chosen")
        settle()
        before = picture()
        others = [record.pk for record in records[1 : chance.randint(2, 4)]]

        done = actions.start_merge(
            "customer",
            records[0],
            others=others,
            choose={"city": chance.choice([records[0].pk, *others])},
            combine=chance.choice([None, [], ["a@same.example"]]),
            by=ada,
        )
        assert picture() != before
        undo_change_set(ChangeSet.objects.get(pk=done.change_set), by=ada)
        settle()

        after = picture()
        for name, rows in before.items():
            assert after[name] == rows, name


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_of_one_record_at_once_one_wins_and_the_other_is_told(cast, make, by):
    goes, one, two = (make.customer(cast.rosa) for _ in range(3))
    make.note(goes)

    outcomes = at_once(
        lambda: actions.start_merge("customer", one, others=[goes.pk], by=by(cast.rosa)),
        lambda: actions.start_merge("customer", two, others=[goes.pk], by=by(cast.mira)),
    )

    told = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert len(told) == 1, outcomes
    assert "merged into another" in told[0].message
    goes.refresh_from_db()
    assert Note.objects.get().customer_id == goes.merged_into_id


@pytest.mark.django_db(transaction=True)
def test_a_chain_that_is_made_at_once_loses_nothing(cast, make, by):
    first, second, third = (make.customer(cast.rosa) for _ in range(3))
    make.note(first)

    outcomes = at_once(
        lambda: actions.start_merge("customer", second, others=[first.pk], by=by(cast.rosa)),
        lambda: actions.start_merge("customer", third, others=[second.pk], by=by(cast.mira)),
    )

    assert not [each for each in outcomes if isinstance(each, Exception) and not isinstance(each, Refusal)]
    home = Note.objects.get().customer_id
    assert Customer.objects.get(pk=home).merged_into_id is None


@pytest.mark.django_db(transaction=True)
def test_what_is_being_written_while_it_is_merged_moves_too(cast, make, by):
    stays, goes = make.customer(cast.rosa), make.customer(cast.rosa)
    begun = Event()

    def write() -> None:
        with transaction.atomic():
            actions.write_note(goes, body="They moved.", by=by(cast.rosa))
            actions.log_activity(goes, kind="call", title="Moved", by=by(cast.rosa))
            begun.set()
            until_somebody_waits()

    def merge() -> object:
        begun.wait(30)
        return actions.start_merge("customer", stays, others=[goes.pk], by=by(cast.mira))

    outcomes = at_once(write, merge)

    assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
    assert {Note.objects.get().customer_id, Activity.objects.get().customer_id} == {stays.pk}


@pytest.mark.django_db(transaction=True)
def test_what_is_written_after_it_was_merged_is_refused_and_not_lost_from_sight(cast, make, by):
    stays, goes = make.customer(cast.rosa), make.customer(cast.rosa)
    actions.start_merge("customer", stays, others=[goes.pk], by=by(cast.mira))

    for write in (
        lambda: actions.write_note(goes, body="They moved.", by=by(cast.rosa)),
        lambda: actions.log_activity(goes, kind="call", title="Moved", by=by(cast.rosa)),
        lambda: actions.make_promise(goes, text="Call", due_on=None, by=by(cast.rosa)),
    ):
        with pytest.raises(RuleBroken, match="archived"):
            write()
    assert not Note.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_updates_one_while_it_is_merged_loses_no_row(cast, make, by):
    """Each row is told: as updated, as refused, or as a customer of its own."""
    for turn in range(4):
        stays = make.customer(cast.rosa, email=f"s{turn}@x.example")
        goes = make.customer(cast.rosa, email=f"g{turn}@x.example")
        given = drafts_of(
            {"name": "Stays", "email": stays.email, "city": "Solo"},
            {"name": "Goes", "email": goes.email, "city": "Medan"},
            by=by(cast.ada),
        )

        brought, _merged = outcomes = at_once(
            lambda given=given: actions.add_customers(given, on_duplicate="update", by=by(cast.ada)),
            lambda s=stays, g=goes: actions.start_merge("customer", s, others=[g.pk], by=by(cast.mira)),
        )

        assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
        told = {**brought.updated, **brought.unchanged, **brought.created}
        assert sorted([*told, *(refused.row for refused in brought.refused)]) == [1, 2]
        assert not Customer.objects.filter(email=goes.email, archived_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_a_mass_change_and_a_merge_at_once_leave_one_customer_with_its_owner(cast, make, by):
    for _turn in range(4):
        stays, goes = make.customer(cast.rosa), make.customer(cast.rosa)

        outcomes = at_once(
            lambda ids=(stays.pk, goes.pk): actions.assign_customers(ids, owner=cast.rosa, by=by(cast.mira)),
            lambda s=stays, g=goes: actions.start_merge("customer", s, others=[g.pk], by=by(cast.mira)),
        )

        assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
        goes.refresh_from_db()
        assert goes.merged_into_id == stays.pk


@pytest.mark.django_db(transaction=True)
def test_erasing_a_person_while_it_is_merged_reaches_both_records(cast, make, by):
    stays, goes = (make.contact(make.customer(cast.rosa), name="Sri Dewi") for _ in range(2))
    erasure = request_erasure(person_of("contact", stays.pk), reason="Asked", by=by(cast.ada))
    begun = Event()

    def merge() -> None:
        with transaction.atomic():
            actions.start_merge("contact", stays, others=[goes.pk], by=by(cast.mira))
            begun.set()
            until_somebody_waits()

    def erase() -> object:
        begun.wait(30)
        return confirm_erasure(erasure, name="Sri Dewi", by=by(cast.ada))

    outcomes = at_once(merge, erase)

    assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
    assert not Contact.objects.filter(erased_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_updates_a_contact_while_it_is_merged_writes_to_the_survivor(cast, make, by):
    customer = make.customer(cast.rosa)
    stays, goes = make.contact(customer), make.contact(customer)
    row = {"customer": customer.pk, "name": "Sri", "email": goes.email, "title": "Buyer"}
    given, begun = contact_drafts_of(row, by=by(cast.rosa)), Event()

    def merge() -> None:
        with transaction.atomic():
            actions.start_merge("contact", stays, others=[goes.pk], by=by(cast.mira))
            begun.set()
            until_somebody_waits()

    def bring() -> object:
        begun.wait(30)
        return actions.add_contacts(given, on_duplicate="update", by=by(cast.rosa))

    _merged, brought = outcomes = at_once(merge, bring)

    assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
    assert brought.updated == {1: stays.pk}
    before = stays.email
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.title, stays.email, goes.title) == ("Buyer", before, "")
