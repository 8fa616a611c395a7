"""What a lead allows and does not want, and writing to it (PPL-8, TIM-3)."""

import json
from datetime import date, time, timedelta

import pytest

from leadline.core.changesets import ChangeSet, change_set, undo_change_set
from leadline.core.clock import now
from leadline.core.privacy import person_of
from leadline.core.privacy.holders import holders
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.governance.actions import confirm_erasure, request_erasure
from leadline.governance.models import Consent
from leadline.leads import actions
from leadline.leads.calling import Hours
from leadline.leads.models import Lead
from leadline.leads.queries.queue import queue_of
from leadline.leads.queries.seeing import lead_named
from leadline.leads.recipients import lead_as_recipient
from leadline.marketing.actions import send_mail
from leadline.marketing.models import MailTemplate, Sending
from leadline.people.models import Role
from leadline.timeline.models import Activity

pytestmark = pytest.mark.django_db
ALWAYS = Hours(time(0), time(23, 59, 59), frozenset(range(1, 8)))
STATED = {"channel": "email", "state": "given", "stated_on": date(2026, 5, 3), "source": "Web form"}
LETTER = {"subject": "Our call", "body": "As **promised**.", "cause": "test:1"}


@pytest.fixture
def lead(cast, make):
    return make.lead(cast.rosa, name="Budi Santoso", email="budi@kopi.example", language="id")


def statements(lead):
    rows = Consent.objects.about("lead", lead.pk)
    return [(row.channel, row.state, row.source) for row in rows]


def test_the_newest_statement_holds_and_all_are_kept(cast, by, lead):
    actions.record_consent(lead, **STATED, by=by(cast.rosa))
    withdrawn = {**STATED, "state": "withdrawn", "source": "Call"}
    changed = actions.record_consent(lead, **withdrawn, by=by(cast.rosa))

    assert changed.consent_email == "withdrawn"
    assert statements(lead) == [("email", "withdrawn", "Call"), ("email", "given", "Web form")]


def test_who_may_not_edit_a_lead_notes_nothing(cast, by, lead):
    with pytest.raises(NotAllowed):
        actions.record_consent(lead, **STATED, by=by(cast.sam))
    assert statements(lead) == []


def test_consents_that_come_as_fields_are_noted_and_undone(cast, by, lead, settle):
    with change_set("test", "Consents", by(cast.rosa)) as within:
        actions.edit_lead(lead, consent_phone="given", by=within)
    assert statements(lead) == [("phone", "given", "web")]

    undo_change_set(ChangeSet.objects.latest("pk"), by=by(cast.rosa))
    settle()

    assert lead_named(lead.pk).consent_phone == ""
    assert [state for _channel, state, _source in statements(lead)] == ["", "given"]


def test_a_wish_is_heard_from_whoever_may_only_add(cast, by, lead):
    """Somebody who only adds fills what is empty, and takes no consent for a withdrawn one."""
    cast.sam.roles.set([Role.objects.get(key="marketing-manager")])
    again = {"name": "B", "email": lead.email}
    actions.add_lead(**again, do_not_call=True, consent_email="withdrawn", by=by(cast.sam))
    actions.add_lead(**again, do_not_call=False, consent_email="given", by=by(cast.sam))

    heard = lead_named(lead.pk)
    assert (heard.name, heard.do_not_call, heard.consent_email) == ("Budi Santoso", True, "withdrawn")


def test_a_letter_goes_out_and_stands_on_the_timeline(cast, by, lead, mailbox, settle):
    sent = send_mail(lead_as_recipient(lead), **LETTER, by=by(cast.rosa))
    settle()

    letter = mailbox.letters[0]
    assert (letter["To"], letter["Reply-To"]) == ("budi@kopi.example", cast.rosa.email)
    logged = Activity.objects.get(lead_id=lead.pk)
    assert (logged.kind, logged.title, logged.user) == ("email", "Our call", cast.rosa)
    assert (sent.kind, sent.record_id) == ("lead", lead.pk)
    assert lead_named(lead.pk).pulse.last_contact_at is not None


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"do_not_email": True}, "Does not want e-mail."),
        ({"consent_email": "withdrawn"}, "Consent was withdrawn."),
        ({"lawful_basis": "consent"}, "Consent is the basis, and was not given."),
    ],
)
def test_who_must_not_be_mailed_is_not(cast, by, lead, mailbox, state, told):
    lead = actions.edit_lead(lead, **state, by=by(cast.rosa))

    with pytest.raises(RuleBroken) as refused:
        send_mail(lead_as_recipient(lead), **LETTER, by=by(cast.rosa))

    assert refused.value.message == told
    assert not Sending.objects.exists()


def test_nobody_writes_to_a_lead_of_others(cast, by, lead, mailbox):
    with pytest.raises(NotAllowed):
        send_mail(lead_as_recipient(lead), **LETTER, by=by(cast.otto))


def test_an_e_mail_leaves_the_outcome_of_the_last_call(cast, by, lead, mailbox):
    actions.work_lead(lead, outcome="busy", by=by(cast.rosa))
    send_mail(lead_as_recipient(lead), **LETTER, by=by(cast.rosa))

    assert lead_named(lead.pk).pulse.last_outcome == "busy"


def test_who_must_not_be_called_comes_last_and_shows_no_call(cast, make, as_, by, lead):
    """There may be another way to reach them, so they do not vanish from the queue."""
    other = make.lead(cast.rosa, name="Callable", email="", phone="+6281234567890")
    for each in (lead, other):
        actions.star_lead(each, until=now() + timedelta(hours=9), by=make.by)
    actions.edit_lead(lead, do_not_call=True, phone="+6281234567891", by=by(cast.rosa))

    queue = queue_of(cast.rosa, hours=ALWAYS)
    shown = as_(cast.rosa).get(f"/leads/{lead.pk}/").content.decode()

    assert (queue.waiting, queue.callable_now, queue.next_id) == (2, 1, other.pk)
    assert "Must not be called: Does not want to be called." in shown
    assert "tel:" not in shown


def test_the_dialogs_note_and_write(cast, as_, lead, mailbox, settle):
    browser = as_(cast.rosa)
    asked = {"HTTP_HX_REQUEST": "true"}
    welcome = MailTemplate.objects.get(key="welcome")

    noted = browser.post(f"/leads/{lead.pk}/consent", {**STATED, "stated_on": "2026-05-03"}, **asked)
    filled = browser.get(f"/leads/{lead.pk}/mail", {"template": welcome.pk}, **asked).content.decode()
    sent = browser.post(
        f"/leads/{lead.pk}/mail", {**LETTER, "to": f"lead-{lead.pk}", "language": "id"}, **asked
    )
    settle()

    assert (noted.status_code, sent.status_code) == (200, 200)
    assert "Selamat datang" in filled
    assert f'hx-post="/leads/{lead.pk}/mail"' in filled
    assert json.loads(sent["HX-Trigger"])["lead-changed"] is True
    assert len(mailbox.letters) == 1
    assert "Web form" in browser.get(f"/leads/{lead.pk}/consent", **asked).content.decode()


def test_a_lead_without_an_address_is_said_to_have_none(cast, make, as_):
    lead = make.lead(cast.rosa, email="", phone="+6281234567890")

    shown = as_(cast.rosa).get(f"/leads/{lead.pk}/mail", HTTP_HX_REQUEST="true").content.decode()

    assert "Nobody here has an e-mail address." in shown


def test_a_program_notes_and_writes(cast, program, lead, mailbox, settle):
    rosa = program(cast.rosa)
    stated = {**STATED, "stated_on": "2026-05-03"}

    noted = rosa.post(f"leads/{lead.pk}/consents", stated)
    told = rosa.get(f"leads/{lead.pk}/consents").json()["data"]
    sent = rosa.post(f"leads/{lead.pk}/mail", {"subject": "Our call", "body": "Tomorrow."})
    settle()

    assert (noted.status_code, noted.json()["consent_email"]) == (200, "given")
    assert told[0]["source"] == "Web form"
    assert (sent.status_code, sent.json()["kind"], sent.json()["record"]) == (201, "lead", lead.pk)
    assert program(cast.otto).post(f"leads/{lead.pk}/mail", {"subject": "A", "body": "B"}).status_code == 404
    assert len(mailbox.letters) == 1


def test_what_was_stated_and_sent_is_reported_and_erased(cast, by, lead, mailbox, settle):
    actions.record_consent(lead, **{**STATED, "source": "Letter from Budi"}, by=by(cast.rosa))
    send_mail(lead_as_recipient(lead), **LETTER, by=by(cast.rosa))
    settle()
    person = person_of("lead", lead.pk)
    told = {holder.name: holder.held(person) for holder in holders() if holder.held}
    assert told["governance.consents"][0]["source"] == "Letter from Budi"
    assert told["marketing.sendings"][0]["subject"] == "Our call"

    confirm_erasure(
        request_erasure(person, reason="Asked", by=by(cast.ada)), name=person.name, by=by(cast.ada)
    )
    settle()

    erased = Lead.objects.get(pk=lead.pk)
    assert (erased.do_not_email, erased.do_not_call) == (True, True)
    assert Consent.objects.get(kind="lead").source == "-"
    assert Sending.objects.get().subject == ""
