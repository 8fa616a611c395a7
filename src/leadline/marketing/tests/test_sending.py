"""Writing to somebody: allowed, whole, noted, and once (PPL-8, TIM-3)."""

import pytest

from leadline.core.mail.models import OutgoingMail
from leadline.core.privacy import Person
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers.models import Contact
from leadline.marketing import actions
from leadline.marketing.models import MailTemplate, Sending
from leadline.marketing.queries import composed_for, text_for
from leadline.marketing.recipients import contact_as_recipient, customer_as_recipient, recipients_at
from leadline.timeline.models import Activity, Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def kopi(cast, make):
    return make.customer(cast.rosa, name="Kopi Nusantara", email="halo@kopi.example", language="id")


def write(recipient, by, **more):
    letter = {"subject": "Our call", "body": "As **promised**.", "cause": "test:1", **more}
    return actions.send_mail(recipient, **letter, by=by)


def test_a_letter_goes_out_and_stands_on_the_timeline(cast, by, kopi, mailbox, settle):
    sent = write(customer_as_recipient(kopi), by(cast.rosa))
    settle()

    letter = mailbox.letters[0]
    assert (letter["To"], letter["Reply-To"]) == ("halo@kopi.example", cast.rosa.email)
    assert letter["Auto-Submitted"] is None
    assert "<strong>promised</strong>" in letter.get_body(("html",)).get_content()
    assert "As **promised**." in letter.get_body(("plain",)).get_content()
    logged = Activity.objects.get(customer_id=kopi.pk)
    assert (logged.kind, logged.title, logged.user) == ("email", "Our call", cast.rosa)
    sent.mail.refresh_from_db()
    assert sent.mail.state == "sent"


def test_the_same_cause_sends_once(cast, by, kopi, mailbox, settle):
    """A double click."""
    first = write(customer_as_recipient(kopi), by(cast.rosa))
    second = write(customer_as_recipient(kopi), by(cast.rosa), body="Otherwise")
    settle()

    assert first.pk == second.pk
    assert len(mailbox.letters) == 1
    assert Activity.objects.filter(customer_id=kopi.pk).count() == 1


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"do_not_email": True}, "Does not want e-mail."),
        ({"consent_email": "withdrawn"}, "Consent was withdrawn."),
        ({"lawful_basis": "consent"}, "Consent is the basis, and was not given."),
    ],
)
def test_who_must_not_be_mailed_is_not(state, told, cast, by, make, kopi, mailbox):
    """PPL-8"""
    contact = make.contact(kopi, name="Sari Wijaya")
    Contact.objects.filter(pk=contact.pk).update(**state)
    contact.refresh_from_db()

    with pytest.raises(RuleBroken) as refused:
        write(contact_as_recipient(contact, kopi), by(cast.rosa))

    assert refused.value.message == told
    assert not OutgoingMail.objects.exists()
    assert not Activity.objects.filter(customer_id=kopi.pk).exists()


def test_nobody_writes_to_a_customer_of_others(cast, by, kopi, mailbox):
    with pytest.raises(NotAllowed):
        write(customer_as_recipient(kopi), by(cast.otto))


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"body": "\n"}, "body"),
        ({"body": "Hello {{ first_name }}"}, "body"),
        ({"body": "Hello {{ frist_name }}"}, "body"),
        ({"subject": "x" * 201}, "subject"),
        ({"body": "x" * 20_001}, "body"),
        ({"cause": "a b"}, "cause"),
    ],
)
def test_what_is_not_whole_does_not_go_out(words, field, cast, by, kopi, mailbox):
    with pytest.raises(RuleBroken) as refused:
        write(customer_as_recipient(kopi), by(cast.rosa), **words)

    assert refused.value.field == field
    assert not Sending.objects.exists()


def test_without_a_mail_server_it_is_said(cast, by, kopi, settings):
    settings.LEADLINE_EMAIL_URL = ""

    with pytest.raises(RuleBroken, match="Outgoing mail is not set up"):
        write(customer_as_recipient(kopi), by(cast.rosa))


def test_a_template_speaks_the_language_of_whom_it_goes_to(cast, by, make, kopi):
    """LEA-3: the provided ones come in English and Indonesian."""
    contact = make.contact(kopi, name="Sari Wijaya", language="")
    template = MailTemplate.objects.prefetch_related("texts").get(key="reach-you")
    company, person = recipients_at(kopi)

    letter = composed_for(text_for(template, person.language), person, cast.rosa)
    other = composed_for(text_for(template, "de"), company, cast.rosa)

    assert person.id == contact.pk
    assert letter.language == "id"
    assert "Halo Sari," in letter.body
    assert "Rosa Ibarra" in letter.body
    assert "Hello there," in other.body


def test_whoever_wrote_hears_that_it_was_refused(cast, by, kopi, mailbox, settle):
    mailbox.answer = "550 no such user"
    sent = write(customer_as_recipient(kopi), by(cast.rosa))
    settle()

    sent.mail.refresh_from_db()
    told = Notification.objects.get(user=cast.rosa, kind="mail")
    assert sent.mail.state == "failed"
    assert "halo@kopi.example was not sent" in told.text


def test_an_erased_person_is_in_no_sending(cast, by, make, kopi, mailbox, settle):
    """PPL-8"""
    contact = make.contact(kopi, name="Sari Wijaya")
    sent = write(contact_as_recipient(contact, kopi), by(cast.rosa))
    person = Person("contact", contact.pk, contact.name, records={"contact": (contact.pk,)})

    erased = actions.erase_sendings(person, by=by(cast.ada))

    sent.refresh_from_db()
    assert (sent.to, sent.subject, erased.counts) == ("", "", {"sendings": 1})
