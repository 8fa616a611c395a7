"""A letter becomes a lead, stands on a timeline, or is left aside with the reason (LEA-2)."""

from datetime import timedelta

import pytest

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.events.models import EventRecord
from leadline.core.mail.models import OutgoingMail
from leadline.core.mail.transport import message_of
from leadline.core.privacy import person_of
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers import actions as customers
from leadline.customers.models import Customer
from leadline.governance.actions import confirm_erasure, request_erasure
from leadline.intake import actions
from leadline.intake.files import place_of
from leadline.intake.models import Letter, LetterFile
from leadline.intake.tests.conftest import letter
from leadline.leads import actions as leads
from leadline.leads.models import Lead, Pulse
from leadline.timeline.models import Activity, Notification
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
WITH_FILE = (
    "--x\r\nContent-Type: text/plain\r\n\r\nSee *this*\r\n--x\r\nContent-Type: text/plain\r\n"
    'Content-Disposition: attachment; filename="..\\plan.txt"\r\n\r\nthe plan\r\n--x\r\n'
    "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=empty.txt\r\n\r\n--x--"
)


def test_who_writes_becomes_a_lead_with_what_the_address_sets(take, cast):
    came = take(letter("I want **coffee**", Subject="Beans"))

    lead = Lead.objects.get()
    assert (came.state, came.lead_id, came.body) == ("lead", lead.pk, "")
    assert (lead.name, lead.email) == ("Budi Santoso", "budi@kopi.example")
    assert (lead.source, lead.campaign, lead.language, lead.desk) == ("E-mail", "Spring", "id", "conversion")
    told = Activity.objects.get(lead_id=lead.pk)
    assert (told.kind, told.title, told.user) == ("email", "E-mail received: Beans", cast.house)
    assert "\\*\\*coffee\\*\\*" in told.description, "what a stranger wrote is no Markdown"


def test_the_same_letter_is_taken_once_whatever_way_it_comes(take):
    raw = letter()

    first, again = take(raw), take(raw.replace(b"buy", b"sell"), door="pipe")

    assert first.pk == again.pk
    assert Activity.objects.count() == 1


def test_the_same_person_again_is_the_same_lead_on_top_of_the_owners_queue(take, cast, make, settle):
    lead = make.lead(cast.rosa, name="Budi", email="budi@kopi.example", campaign="")

    came = take(letter(sender="Mallory <budi@kopi.example>"))
    settle()

    lead.refresh_from_db()
    assert (came.state, came.lead_id) == ("known", lead.pk)
    assert (Lead.objects.count(), lead.name, lead.campaign) == (1, "Budi", "")
    assert Pulse.objects.get(lead=lead).top_because == "wrote an e-mail"
    assert Notification.objects.filter(user=cast.rosa, text="Budi wrote an e-mail.").count() == 1


def test_a_contact_of_a_customer_writes_on_the_customers_timeline(take, cast, make, settle):
    customer = make.customer(cast.rosa, name="Kopi")
    contact = make.contact(customer, email="budi@kopi.example")

    came = take(letter(Date="Thu, 26 Nov 2026 02:00:00 +0000"))
    settle()

    told = Activity.objects.get(kind="email")
    assert (came.state, came.customer_id, Lead.objects.count()) == ("known", customer.pk, 0)
    assert (told.customer_id, told.contact_id, told.lead_id) == (customer.pk, contact.pk, None)
    assert Customer.objects.get().pulse.last_interaction_at == told.at
    assert Notification.objects.filter(user=cast.rosa, text__startswith="Kopi wrote").exists()


def test_a_lead_that_became_a_customer_writes_there(take, cast, make, by):
    lead = make.lead(cast.rosa, email="budi@kopi.example")
    customer = leads.convert_lead(lead, by=by(cast.rosa)).converted_to
    customers.edit_contact(customer.contacts.get(), email="other@kopi.example", by=by(cast.rosa))
    customers.edit_customer(customer, email="office@kopi.example", by=by(cast.rosa))

    came = take(letter())

    assert (came.lead_id, came.customer_id) == (lead.pk, customer.pk)


def test_archived_ones_count_for_nobody_and_blocked_ones_are_heard(take, cast, make, by):
    archived = make.lead(cast.rosa, email="budi@kopi.example")
    leads.archive_lead(archived, by=by(cast.rosa))
    blocked = make.customer(cast.rosa, email="ani@kopi.example")
    customers.block_customer(blocked, reason="Fraud", by=by(cast.fina))

    new, heard = take(letter()), take(letter(sender="ani@kopi.example"))

    assert new.state == "lead"
    assert new.lead_id != archived.pk
    assert (heard.state, heard.customer_id) == ("known", blocked.pk)


@pytest.mark.parametrize(
    ("reason", "changed"),
    [
        ("automatic", {"Auto_Submitted": "auto-replied"}),
        ("list", {"Precedence": "bulk"}),
        ("nobody", {"sender": ""}),
        ("own", {"sender": "Sales <sales@house.example>"}),
        ("own", {"sender": "rosa@example.com"}),
    ],
)
def test_what_machines_send_and_the_house_itself_is_left_aside_with_the_reason(take, reason, changed):
    came = take(letter(**changed))

    assert (came.state, came.reason) == ("left", reason)
    assert not Lead.objects.exists()
    assert not Activity.objects.exists()


def test_a_letter_of_ours_that_comes_back_is_known_by_its_head(take):
    mail = OutgoingMail(
        pk=7, to="a@b.example", subject="Welcome", text="Hi", html="<p>Hi</p>", reply_to="r@b.example"
    )

    came = take(message_of(mail).as_bytes())

    assert (came.state, came.reason) == ("left", "own")


def test_who_answers_without_end_is_left_aside(take):
    for _time in range(22):
        last = take(letter())

    assert (last.state, last.reason) == ("left", "many")
    assert Activity.objects.count() == 20


def test_files_are_kept_and_named_without_ways_out(take):
    came = take(letter(WITH_FILE, Content_Type="multipart/mixed; boundary=x"))

    file = LetterFile.objects.get()
    assert (file.name, place_of(file.path).read_bytes()) == ("plan.txt", b"the plan")
    told = Activity.objects.get().description
    assert f"[Files](/mail-in/letters/{came.pk}): plan.txt" in told
    assert "empty.txt" in told
    assert "See \\*this\\*" in told


def test_what_is_no_address_of_a_lead_is_told_and_lost_in_no_case(take):
    came = take(letter(sender="<budi@kopi>"))

    assert came.state == "failed"
    assert came.reason
    assert not Lead.objects.exists()


def test_what_was_left_aside_can_be_taken_in_after_all(take, cast, by):
    came = take(letter("Call me", sender="Form <noreply@shop.example>"))

    with pytest.raises(NotAllowed):
        actions.take_after_all(came, by=by(cast.rosa))
    taken = actions.take_after_all(came, by=by(cast.lena))

    assert (taken.state, Lead.objects.get().email) == ("lead", "noreply@shop.example")
    assert "Call me" in Activity.objects.get().description
    with pytest.raises(RuleBroken):
        actions.take_after_all(taken, by=by(cast.lena))


def test_who_wrote_what_was_left_aside_is_forgotten(take, cast, by):
    came = take(letter(sender="noreply@shop.example"))
    Letter.objects.update(at=now() - timedelta(days=91))

    assert actions.forget_old_letters(by=by(cast.house)) == 1
    assert actions.forget_old_letters(by=by(cast.house)) == 0
    came.refresh_from_db()
    assert (came.sender, came.subject, came.body, came.reason) == ("", "", "", "no_reply")


def test_erasing_a_person_reaches_letters_and_files(
    take, cast, by, settle, django_capture_on_commit_callbacks
):
    take(letter(WITH_FILE, Content_Type="multipart/mixed; boundary=x"))
    left = take(letter("Away", Auto_Submitted="auto-replied"))
    path = place_of(LetterFile.objects.get().path)
    lead = Lead.objects.get()

    erasure = request_erasure(person_of("lead", lead.pk), reason="Asked", by=by(cast.ada))
    with django_capture_on_commit_callbacks(execute=True):
        confirm_erasure(erasure, name=lead.name, by=by(cast.ada))
    settle()

    assert not path.exists()
    assert not LetterFile.objects.exists()
    left.refresh_from_db()
    assert (left.sender, left.subject, left.body) == ("", "", "")
    assert not Letter.objects.exclude(sender="").exists()


def test_merged_customers_bring_their_letters(take, cast, make, by):
    old, new = make.customer(cast.rosa, email="budi@kopi.example"), make.customer(cast.rosa)
    came = take(letter())

    customers.merge_customers(new, others=[old.pk], by=by(cast.rosa))

    came.refresh_from_db()
    assert came.customer_id == new.pk


def test_one_address_is_made_once_and_its_password_stands_nowhere(cast, by, address):
    with pytest.raises(RuleBroken, match="taken in already"):
        actions.add_address(email="Sales@House.example", by=by(cast.ada))
    with pytest.raises(NotAllowed):
        actions.add_address(email="other@house.example", by=by(cast.lena))
    with pytest.raises(RuleBroken) as refused:
        actions.change_address(address, host="imap.example\r\nA1 LOGOUT", by=by(cast.ada))
    assert refused.value.field == "host"

    changed = actions.change_address(
        address, host="imap.example", user_name="u", password="quiet ü", by=by(cast.ada)
    )
    kept = actions.change_address(changed, password="", port=143, by=by(cast.ada))
    assert (kept.password, kept.port) == ("quiet ü", 143)
    assert not EventRecord.objects.filter(payload__icontains="quiet").exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_letter_by_two_doors_at_once_is_one(cast, address):
    raw = letter()
    house = Actor(cast.house, via="api")

    at_once(*[lambda: actions.take_letter(address, raw, door="api", by=house)] * 4)

    assert (Letter.objects.count(), Lead.objects.count(), Activity.objects.count()) == (1, 1, 1)
