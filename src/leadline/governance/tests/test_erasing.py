"""A marker in every field and file of a person: erased, it is in no dump and in no file (PPL-8)."""

import subprocess
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from leadline.core.changesets import undo_change_set
from leadline.core.clock import now
from leadline.core.events import Subject
from leadline.core.history import HistoryEntry
from leadline.core.lists import Selection
from leadline.core.lists.actions import save_view
from leadline.core.lists.export.running import start_export
from leadline.core.postgres.binaries import find_binaries
from leadline.core.privacy import person_of
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.core.search.models import SearchDocument, SearchWord
from leadline.customers import actions as customers
from leadline.customers.models import Contact, Customer
from leadline.governance.actions import confirm_erasure, lift_legal_hold, request_erasure, set_legal_hold
from leadline.governance.models import Erasure
from leadline.governance.sealing import seal_all
from leadline.governance.tasks import erase_waiting
from leadline.governance.verifying import verify
from leadline.imports import actions as imports
from leadline.imports.files import keep
from leadline.marketing.actions import add_template, change_template
from leadline.platform.actions import ingest_events
from leadline.platform.models import Payment, PlatformUser
from leadline.segments.actions import add_segment, change_segment
from leadline.tasks.actions import add_task, finish_task
from leadline.timeline.actions import attach_file, notify
from leadline.timeline.models import Attachment, Note

NAME, EMAIL, PHONE = "Qzxv Marigold", "qzxv.marigold@example.com", "+6281190907711"
FORMER = "Qzxv Formerly"
MARK = "qzxv"
OF_A_CONTACT = {"title": "Qzxv title", "department": "Qzxv department", "language": "id"}
OF_A_CUSTOMER = {
    "website": "https://qzxv.example",
    "description": "Qzxv description",
    "requirements": "Qzxv requirements",
    "source": "Qzxv source",
    "address": "Qzxv street",
    "city": "Qzxv city",
    "region": "Qzxv region",
    "postcode": "QZXV1",
    "tags": ["qzxv-tag"],
}


@pytest.fixture
def folder(settings, tmp_path):
    settings.LEADLINE_DATA = tmp_path / "data"
    return settings.LEADLINE_DATA


def erase(person, by, name=None):
    erasure = request_erasure(person, reason="Asked by letter", by=by)
    return confirm_erasure(erasure, name=name or person.name, by=by)


def dump():
    """The whole database as text, with bytes opened."""
    of = connection.settings_dict
    command = [
        find_binaries().program("pg_dump"),
        "--inserts",
        "-h",
        of["HOST"],
        "-U",
        of["USER"],
        of["NAME"],
    ]
    environment = {"PGPASSWORD": of["PASSWORD"] or "", "PGPORT": str(of["PORT"] or 5432), "LC_ALL": "C.UTF-8"}
    made = subprocess.run(command, env=environment, capture_output=True, check=True)
    return made.stdout.decode().lower()


def places_of(mark, folder):
    """Lines of the dump and files that hold a marker."""
    lines = [line[:300] for line in dump().splitlines() if mark in line or mark.encode().hex() in line]
    files = [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and mark in path.read_bytes().decode("latin-1").lower()
    ]
    return lines + files


def planted_everywhere(cast, by, settle, customer):
    """What happens around a person: imports with rejected rows, exports, views, messages, answers."""
    content = f"Name,Email,Phone,City\n{NAME},{EMAIL},{PHONE},Qzxv\n{NAME},no-address,{PHONE},Qzxv\n"
    brought = imports.bring("customers", keep([content.encode()], f"{NAME} list.csv"), by=by(cast.ada))
    imports.choose_options(brought, on_duplicate="update", by=by(cast.ada))
    brought.refresh_from_db()
    imports.start_import(brought, by=by(cast.ada))
    imports.bring("customers", keep([content.encode()], "left-lying.csv"), by=by(cast.ada))
    start_export(Selection("customer"), columns=["name", "email"], by=by(cast.ada))
    start_export(Selection("customer"), columns=["name", "email"], form="xlsx", by=by(cast.ada))
    where = {"field": "name", "op": "equals", "value": NAME}
    save_view("customer", name=f"All of {NAME}"[:80], where=where, by=by(cast.ada))
    start_export(Selection("customer", where=where), columns=["name"], by=by(cast.ada))
    named_in_texts(cast, by, where)
    notify(
        [cast.rosa.pk], kind="mention", text=f"Mira mentioned you in a note on {NAME}.",
        address=reverse("customers:page", args=[customer.pk]), cause="test:1", by=by(cast.house),
    )  # fmt: skip
    told_by_the_platform(cast, by)
    settle()
    brought.refresh_from_db()
    assert brought.counts["rejected"] == 1
    return brought


def named_in_texts(cast, by, where):
    """Texts about many that name somebody, still or no more: their history does."""
    segment = add_segment(kind="customer", name=f"Near {NAME}", rule=where, by=by(cast.ada))
    change_segment(segment, name="Nearby", by=by(cast.ada))
    letter = {"subject": "Hello", "body": "Hello"}
    template = add_template(name=f"For {NAME}", texts={"en": letter}, by=by(cast.ada))
    change_template(template, purpose=f"Used once, for {NAME}", by=by(cast.ada))


def told_by_the_platform(cast, by):
    """What somebody does on the platform, with words in whatever can hold them."""
    person = {"id": "qzxv-17", "email": EMAIL, "name": NAME, "phone": PHONE}
    about = {"time": now().isoformat(), "user": person, "page": "/qzxv", "device": "Qzxv phone"}
    search = {"id": "qzxv-1", "kind": "search", **about, "query": "Qzxv boat", "mood": "Qzxv glad"}
    deposit = {"id": "qzxv-2", "kind": "deposit", **about, "method": "card", "amount": 5}
    assert ingest_events([search, deposit], by=by(cast.ada)).accepted == 2


def test_what_the_company_once_told_of_a_contact_goes_from_history_at_once(cast, make, by):
    """Texts that name the person no more: only their history does."""
    company = make.customer(cast.rosa, description=f"Ask for {NAME}")
    contact = make.contact(company, name=NAME, email=EMAIL)
    deputy = make.contact(company, title=f"For {NAME}")
    customers.edit_customer(company, description="Ask at the desk", by=by(cast.ada))
    customers.edit_contact(deputy, version=1, title="Sales", by=by(cast.ada))
    elsewhere = make.customer(cast.rosa, description=f"Ask for {NAME}")
    customers.edit_customer(elsewhere, description="", by=by(cast.ada))
    told = HistoryEntry.objects.filter(changes__isnull=False)
    assert told.filter(changes__icontains=MARK).count() == 3

    erase(person_of("contact", contact.pk), by(cast.ada))

    left = told.filter(changes__icontains=MARK)
    assert [(entry.kind, entry.record_id) for entry in left] == [("customer", elsewhere.pk)]


@pytest.mark.django_db(transaction=True)
def test_of_a_contact_nothing_is_left(cast, make, by, settle, folder, program):
    company = make.customer(cast.rosa, description=f"Ask for {NAME} at the desk")
    other = make.customer(cast.rosa)
    contact = make.contact(other, name=FORMER, email=EMAIL, phone=PHONE, **OF_A_CONTACT)
    customers.edit_contact(contact, version=1, name=NAME, title="Qzxv boss", by=by(cast.ada))
    make.activity(other, contact_id=contact.pk, title="Qzxv call", description="Qzxv told us")
    customers.set_external_ids(contact, system="Sage", values=["Qzxv-7", "Qzxv-8"], by=by(cast.ada))
    customers.set_external_ids(contact, system="Sage", values=["Qzxv-8"], by=by(cast.ada))
    customers.move_contact(Contact.objects.get(pk=contact.pk), customer=company, by=by(cast.ada))
    note = make.note(company, f"{NAME.upper()} prefers calls; {EMAIL}")
    customers.edit_note(note, company, body=f"{NAME} prefers mornings.", version=1, by=by(cast.ada))
    make.activity(company, title=f"Met {NAME}")
    customers.make_promise(company, text=f"Call {NAME}", due_on=date(2099, 1, 1), by=by(cast.ada))
    add_task(title=f"Call {NAME}", about=Subject("customer", company.pk), by=by(cast.ada))
    add_task(title=f"Flowers for {NAME}", owner=cast.rosa, by=by(cast.ada))
    stated = {"channel": "email", "state": "given", "stated_on": date(2026, 5, 3), "source": "Qzxv form"}
    customers.record_consent(Contact.objects.get(pk=contact.pk), **stated, by=by(cast.ada))
    program(cast.ada).patch(f"contacts/{contact.pk}", {"department": "Qzxv sales"}, Idempotency_Key="one")
    planted_everywhere(cast, by, settle, company)
    seal_all(by=by(cast.house), patience=5)
    person = person_of("contact", contact.pk)
    assert len(places_of(MARK, folder)) > 20

    erase(person, by(cast.ada))
    settle()
    brought_as_customer = Customer.objects.get(email=EMAIL)  # the import made a customer of the same name
    Customer.objects.filter(pk=brought_as_customer.pk).update(kind="individual")
    erase(person_of("customer", brought_as_customer.pk), by(cast.ada))
    settle()

    assert places_of(MARK, folder) == []
    assert places_of(PHONE, folder) == []
    assert verify().ok, verify().broken
    seal_all(by=by(cast.house), patience=5)
    assert verify().ok, verify().broken
    assert Note.objects.get(pk=note.pk).body == "••• prefers mornings."


@pytest.mark.django_db(transaction=True)
def test_of_an_individual_customer_nothing_is_left_and_the_sums_stay(cast, make, by, settle, folder):
    customer = make.customer(
        cast.rosa, kind="individual", name=FORMER, email=EMAIL, tier=1, industry="Fishing"
    )
    make.contact(customer, name="Qzxv Spouse", email="qzxv.spouse@example.com")
    customers.edit_customer(customer, name=NAME, phone=PHONE, **OF_A_CUSTOMER, by=by(cast.ada))
    customers.block_customer(Customer.objects.get(pk=customer.pk), reason="Qzxv owes us", by=by(cast.ada))
    note = make.note(customer, "Qzxv is a private matter")
    file = SimpleUploadedFile("Qzxv passport.txt", b"Qzxv 1234")
    customers.attach_files(note, customer, files=[file], by=by(cast.ada))
    make.activity(customer, title="Qzxv call", duration=12)
    customers.make_promise(customer, text="Qzxv gets a list", due_on=date(2099, 1, 1), by=by(cast.ada))
    task = add_task(
        title="Qzxv", description="Qzxv!", about=Subject("customer", customer.pk), by=by(cast.ada)
    )
    finish_task(task, outcome="Qzxv was reached", by=by(cast.ada))
    told = {"tax_id": "Qzxv 123456789"}
    customers.set_sensitive_of(customer, told, by=by(cast.ada))
    brought = planted_everywhere(cast, by, settle, customer)
    seal_all(by=by(cast.house), patience=5)
    assert len(places_of(MARK, folder)) > 25

    erase(person_of("customer", customer.pk), by(cast.ada))
    settle()

    assert places_of(MARK, folder) == []
    assert places_of(PHONE, folder) == []
    assert verify().ok, verify().broken
    seal_all(by=by(cast.house), patience=5)
    assert verify().ok, verify().broken
    assert Payment.objects.get().amount == 5
    told_again = {"id": "qzxv-3", "kind": "seen", "time": now().isoformat(), "user": {"id": "qzxv-17"}}
    assert ingest_events([told_again], by=by(cast.ada)).refused[0].rule.field == "user.id"
    assert PlatformUser.objects.get().is_erased
    left = Customer.objects.get(pk=customer.pk)
    assert (left.tier, left.owner) == (1, cast.rosa)
    assert left.is_archived
    assert not SearchWord.objects.filter(word__contains=MARK).exists()
    assert not SearchDocument.objects.filter(text__contains=MARK).exists()

    undoing = undo_change_set(brought.change_set, by=by(cast.ada))
    settle()
    undoing.refresh_from_db()
    assert (undoing.state, undoing.message) == ("done", "")
    assert places_of(MARK, folder) == []
    assert Customer.objects.get(pk=customer.pk).is_archived
    with pytest.raises(RuleBroken, match="erased"):
        customers.restore_customer(Customer.objects.get(pk=customer.pk), by=by(cast.ada))


def test_it_takes_two_steps_and_the_name(cast, make, by):
    contact = make.contact(make.customer(cast.rosa))
    person = person_of("contact", contact.pk)

    with pytest.raises(NotAllowed):
        request_erasure(person, reason="Asked", by=by(cast.mira))
    with pytest.raises(RuleBroken, match="Say why"):
        request_erasure(person, reason=" ", by=by(cast.ada))
    erasure = request_erasure(person, reason="Asked", by=by(cast.ada))
    with pytest.raises(RuleBroken, match="not the name"):
        confirm_erasure(erasure, name="Somebody", by=by(cast.ada))
    assert Contact.objects.get(pk=contact.pk).name == contact.name

    confirm_erasure(erasure, name=contact.name.upper(), by=by(cast.ada))
    assert Contact.objects.get(pk=contact.pk).name == "Erased person"
    with pytest.raises(RuleBroken, match="erased already"):
        request_erasure(person, reason="Asked", by=by(cast.ada))
    with pytest.raises(RuleBroken, match="can't be brought back"):
        customers.restore_contact(Contact.objects.get(pk=contact.pk), by=by(cast.ada))


def test_a_legal_hold_refuses_or_delays(cast, make, by):
    contact = make.contact(make.customer(cast.rosa))
    person = person_of("contact", contact.pk)
    hold = set_legal_hold(person, reason="Dispute 12/2026", by=by(cast.ada))

    with pytest.raises(RuleBroken, match="Dispute 12/2026"):
        request_erasure(person, reason="Asked", by=by(cast.ada))
    erasure = request_erasure(person, reason="Asked", wait=True, by=by(cast.ada))
    assert confirm_erasure(erasure, name=contact.name, by=by(cast.ada)).state == Erasure.State.WAITING
    erase_waiting(0)
    assert Contact.objects.get(pk=contact.pk).name == contact.name

    lift_legal_hold(hold, by=by(cast.ada))
    erase_waiting(0)
    assert Contact.objects.get(pk=contact.pk).name == "Erased person"


def test_a_company_and_a_user_are_not_erased(cast, make, by):
    assert person_of("customer", make.customer(cast.rosa).pk) is None
    with pytest.raises(RuleBroken, match="deactivated"):
        request_erasure(person_of("user", cast.rosa.pk), reason="Asked", by=by(cast.ada))


@pytest.mark.django_db(transaction=True)
def test_files_of_a_company_that_may_name_the_person_wait_for_somebody_to_decide(
    cast, make, by, settle, folder, as_, program
):
    """Those that name nobody are left alone; of the others one is erased, one kept."""
    company = make.customer(cast.rosa)
    contact = make.contact(company, name=NAME, email=EMAIL, phone=PHONE)
    note = make.note(company, "Contract")
    contents = {
        "list.csv": f"name,phone\n{NAME.upper()},1\n".encode("utf-16"),
        "contract.pdf": b"%PDF-1.7 \0 packed",
        "prices.txt": b"Nobody is named here",
    }
    files = {
        name: attach_file(note, SimpleUploadedFile(name, content), by=by(cast.ada)).pk
        for name, content in contents.items()
    }
    erase(person_of("contact", contact.pk), by(cast.ada))
    settle()

    erasure = Erasure.objects.get()
    assert [(each["id"], each["names"]) for each in erasure.files] == [
        (files["list.csv"], True),
        (files["contract.pdf"], False),
    ]
    page = as_(cast.ada).get("/privacy/").text
    assert ("list.csv" in page, "contract.pdf" in page, "prices.txt" in page) == (True, True, False)
    assert as_(cast.rosa).post(f"/privacy/erasures/{erasure.pk}/files", {"erase": "yes"}).status_code == 404

    verdict = {"holder": "timeline.files", "file": files["list.csv"], "erase": "yes"}
    assert as_(cast.ada).post(f"/privacy/erasures/{erasure.pk}/files", verdict).status_code == 302
    assert as_(cast.ada).post(f"/privacy/erasures/{erasure.pk}/files", verdict).status_code == 422
    kept = {"holder": "timeline.files", "file": files["contract.pdf"], "erase": False}
    decided = program(cast.ada).post(f"privacy/erasures/{erasure.pk}/files", kept).json()

    assert [each["verdict"] for each in decided["files"]] == ["erased", "kept"]
    assert places_of(MARK, folder) == []
    assert Attachment.objects.get(pk=files["list.csv"]).name == "-"
    assert len([path for path in (folder / "files").rglob("*") if path.is_file()]) == 2
    assert "Files to decide on" not in as_(cast.ada).get("/privacy/").text
