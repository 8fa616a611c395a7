"""E-mails that leads get by themselves: the welcome once, a question after a wrong number (LEA-3, LEA-5)."""

from datetime import timedelta

import pytest

from leadline.core.clock import now
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.leads import actions
from leadline.leads.actions.registering import register_leads
from leadline.leads.models import Lead
from leadline.leads.queries.letters import letters
from leadline.leads.queries.seeing import lead_named
from leadline.leads.tests.test_registering import registered, told
from leadline.marketing.actions import add_template, archive_template
from leadline.marketing.models import MailTemplate, Sending
from leadline.timeline.models import Activity

__all__ = ["told"]
pytestmark = pytest.mark.django_db


def fresh(user, **person):
    return {**registered(user, **person), "time": now().isoformat()}


def template(key):
    return MailTemplate.objects.get(key=key)


def test_whoever_registers_is_welcomed_once_in_their_language(told, settle, mailbox):
    told(fresh("u-1", email="sari@example.com", name="Sari Wijaya", language="id"))
    settle()
    told({**fresh("u-2", email="sari@example.com", name="Sari Wijaya"), "id": "again"})
    settle()

    lead = Lead.objects.select_related("pulse").get()
    (letter,) = mailbox.letters
    assert (letter["To"], letter["Subject"]) == ("sari@example.com", "Selamat datang di Plumb & Sons")
    assert "Halo Sari" in letter.get_body(("plain",)).get_content()
    assert Sending.objects.get().cause == f"welcome:lead:{lead.pk}"
    assert Activity.objects.get(lead_id=lead.pk).kind == "email"
    assert lead.pulse.first_contact_at is None, "a letter of the house is no contact"


def test_leads_that_did_not_register_get_no_welcome(cast, make, by, told, settle, mailbox):
    """Added by hand, or told of days after they registered."""
    make.lead(cast.rosa)
    long_ago = (now() - timedelta(days=2)).isoformat()
    told({**registered("u-1", email="old@example.com", name="Old"), "time": long_ago})
    settle()

    assert Lead.objects.count() == 2
    assert mailbox.letters == []


def test_a_form_registers_leads_by_the_same_action(cast, by, settle, mailbox):
    """Also somebody who was here before, and of many just those who may be written to."""
    from leadline.core.drafts import clean_draft
    from leadline.core.fields import catalogue
    from leadline.customers.actions.cleaning import cleaning_for

    house = by(cast.house)
    known = actions.add_lead(name="Known", email="known@example.com", by=house)
    actions.add_lead(name="Without", email="without@example.com", do_not_email=True, by=house)
    given = [
        clean_draft(catalogue("lead"), {"name": "N", "email": email}, cleaning_for(house), row=row)
        for row, email in enumerate(["known@example.com", "without@example.com", "new@example.com"])
    ]

    register_leads(given, by=house)
    settle()

    assert {letter["To"] for letter in mailbox.letters} == {known.email, "new@example.com"}


def test_an_administrator_switches_the_welcome_off_or_chooses_another(cast, as_, by, told, settle, mailbox):
    texts = {"en": {"subject": "Glad you are here", "body": "Hello {{ first_name }}."}}
    other = add_template(name="Warm welcome", texts=texts, by=by(cast.ada))
    page = as_(cast.ada).get("/settings/leads").content.decode()
    assert "E-mails that leads get by themselves" in page

    done = as_(cast.ada).post("/settings/leads/letters", {"welcome": other.pk, "reach_you": ""})
    told(fresh("u-1", email="sari@example.com", name="Sari"))
    settle()
    as_(cast.ada).post("/settings/leads/letters", {"welcome": "", "reach_you": ""})
    told({**fresh("u-2", email="budi@example.com", name="Budi"), "id": "other"})
    settle()

    assert done.status_code == 302
    assert letters() == {"welcome": None, "reach_you": None}
    assert [letter["Subject"] for letter in mailbox.letters] == ["Glad you are here"]


def test_a_program_reads_and_chooses_letters(cast, program):
    ada, welcome = program(cast.ada), template("welcome").pk

    assert ada.get("lead-letters").json() == {"welcome": welcome, "reach_you": template("reach-you").pk}
    set_now = ada.send("put", "lead-letters", {"welcome": welcome, "reach_you": None})
    assert (set_now.status_code, set_now.json()["reach_you"]) == (200, None)
    none = {"welcome": None, "reach_you": None}
    assert program(cast.rosa).send("put", "lead-letters", none).status_code == 403
    assert ada.send("put", "lead-letters", {"welcome": 4711, "reach_you": None}).status_code == 422
    assert ada.send("put", "lead-letters", {"welcome": None}).status_code == 422


def test_a_template_that_may_stay_open_is_not_taken(cast, by):
    texts = {"en": {"subject": "Hello", "body": "News from {{ city }}, {{ company | you }}."}}
    open_one = add_template(name="Open", texts=texts, by=by(cast.ada))
    with pytest.raises(RuleBroken) as refused:
        actions.set_letters(welcome=open_one, reach_you=None, by=by(cast.ada))
    assert refused.value.field == "welcome"
    assert "city" in refused.value.message

    archived = archive_template(template("welcome"), by=by(cast.ada))
    with pytest.raises(RuleBroken):
        actions.set_letters(welcome=archived, reach_you=None, by=by(cast.ada))
    with pytest.raises(NotAllowed):
        actions.set_letters(welcome=None, reach_you=None, by=by(cast.rosa))


@pytest.fixture
def lead(cast, make):
    return make.lead(cast.rosa, name="Budi Santoso", email="budi@example.com", phone="+6281234567890")


def test_a_wrong_number_asks_by_e_mail_once(cast, as_, lead, settle, mailbox):
    pressed = {"outcome": "wrong_number", "from": "queue"}
    first = as_(cast.rosa, htmx=True).post(f"/leads/{lead.pk}/work", pressed)
    second = as_(cast.rosa, htmx=True).post(f"/leads/{lead.pk}/work", pressed)
    settle()

    (letter,) = mailbox.letters
    assert (letter["Subject"], letter["Reply-To"]) == ("How can we reach you?", cast.rosa.email)
    assert "How can we reach you?\\u201d is on its way" in first["HX-Trigger"]
    assert "No e-mail was sent" in second["HX-Trigger"]
    worked = lead_named(lead.pk)
    assert (worked.bad_number, worked.pulse.last_outcome) == (True, "wrong_number")
    kinds = Activity.objects.filter(lead_id=lead.pk).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["call", "email", "call"]


def test_another_number_that_is_wrong_too_asks_again(cast, by, lead, mailbox):
    actions.work_lead(lead, outcome="wrong_number", by=by(cast.rosa))
    actions.edit_lead(lead, phone="+6281234567899", by=by(cast.rosa))
    again = actions.work_lead(lead, outcome="wrong_number", by=by(cast.rosa))

    assert again.letter.sending is not None
    assert Sending.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "why_not"),
    [
        ({"do_not_email": True}, "Does not want e-mail."),
        ({"email": ""}, "No e-mail address is known."),
    ],
)
def test_who_must_not_be_written_to_is_marked_all_the_same(cast, by, lead, mailbox, changed, why_not):
    lead = actions.edit_lead(lead, **changed, by=by(cast.rosa))

    worked = actions.work_lead(lead, outcome="wrong_number", by=by(cast.rosa))

    assert (worked.letter.sending, worked.letter.why_not) == (None, why_not)
    assert worked.lead.bad_number
    assert not Sending.objects.exists()


def test_without_outgoing_mail_work_goes_on(cast, by, lead, settings):
    settings.LEADLINE_EMAIL_URL = ""

    worked = actions.work_lead(lead, outcome="wrong_number", by=by(cast.rosa))

    assert worked.letter.why_not == "Outgoing mail is not set up."
    assert worked.lead.bad_number
