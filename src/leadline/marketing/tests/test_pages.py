"""The pages of templates and of writing (TIM-3)."""

import pytest

from leadline.customers.models import Contact
from leadline.marketing.models import MailTemplate, Sending

pytestmark = pytest.mark.django_db


def html(response):
    return response.content.decode()


@pytest.fixture
def welcome():
    return MailTemplate.objects.get(key="welcome")


def test_the_provided_templates_are_listed_and_changed(cast, as_, welcome):
    """ALL-11"""
    ada = as_(cast.ada)
    assert "Reach you" in html(ada.get("/mail-templates/"))
    page = f"/mail-templates/{welcome.pk}?language=en"
    words = {"name": "Welcome", "purpose": "", "version": welcome.version}

    wrong = ada.post(page, {**words, "subject_en": "Hi {{ frist_name }}", "body_en": "Hello"})
    right = ada.post(page, {**words, "subject_en": "Hi {{ first_name }}", "body_en": "**Hello**"})

    assert wrong.status_code == 422
    assert "Did you mean “first_name”?" in html(wrong)
    assert "Hi {{ frist_name }}" in html(wrong), "what was typed stays"
    assert right.status_code == 302
    assert welcome.texts.get(language="en").subject == "Hi {{ first_name }}"
    assert welcome.texts.filter(language="id").exists(), "the other language stays"


def test_a_second_save_on_an_old_version_is_told(cast, as_, welcome):
    """ALL-1"""
    ada, page = as_(cast.ada), f"/mail-templates/{welcome.pk}?language=en"
    words = {"name": "Welcome", "version": welcome.version, "subject_en": "Hi", "body_en": "Hello"}
    ada.post(page, words)

    again = ada.post(page, {**words, "subject_en": "Other"})

    assert again.status_code == 422
    assert welcome.texts.get(language="en").subject == "Hi"


def test_a_language_is_added_and_taken_away_but_never_the_last(cast, as_):
    ada = as_(cast.ada)
    made = ada.post(
        "/mail-templates/add?language=de", {"name": "Neu", "subject_de": "Hallo", "body_de": "Guten Tag"}
    )
    template = MailTemplate.objects.get(name="Neu")
    assert made.url == f"/mail-templates/{template.pk}?language=de"
    address = f"/mail-templates/{template.pk}?language="

    ada.post(f"{address}en", {"name": "Neu", "subject_en": "Hello", "body_en": "Good day"})
    ada.post(f"{address}de", {"name": "Neu", "subject_de": "", "body_de": ""})
    last = ada.post(f"{address}en", {"name": "Neu", "subject_en": "", "body_en": ""})

    assert [text.language for text in template.texts.all()] == ["en"]
    assert "at least one language" in html(last)


def test_the_letter_is_shown_in_a_frame_that_runs_and_loads_nothing(cast, as_, welcome):
    page = as_(cast.rosa).get(f"/mail-templates/{welcome.pk}")
    letter = as_(cast.rosa).get(f"/mail-templates/{welcome.pk}/look?language=id")

    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "Halo Sari," in html(letter)
    assert "googleapis" not in html(letter)
    assert "http" not in html(letter).split("<body")[1].replace("http://www.w3.org", "")
    policy = letter["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert letter["X-Frame-Options"] == "SAMEORIGIN"
    assert as_(cast.rosa).get(f"/mail-templates/{welcome.pk}/look?language=fr").status_code == 404


def test_one_is_archived_and_restored(cast, as_, welcome):
    ada = as_(cast.ada)

    ada.post(f"/mail-templates/{welcome.pk}/archive")
    assert "Welcome" in html(ada.get("/mail-templates/?archived=only"))
    assert as_(cast.rosa).post(f"/mail-templates/{welcome.pk}/restore").status_code == 403
    ada.post(f"/mail-templates/{welcome.pk}/restore")

    welcome.refresh_from_db()
    assert not welcome.is_archived


def test_a_letter_is_written_from_a_customer(cast, as_, make, mailbox, settle, welcome):
    kopi = make.customer(cast.rosa, name="Kopi Nusantara", email="halo@kopi.example", language="id")
    sari = make.contact(kopi, name="Sari Wijaya", email="sari@kopi.example")
    rosa = as_(cast.rosa, htmx=True)
    address = f"/customers/{kopi.pk}/mail"
    assert address in html(rosa.get(f"/customers/{kopi.pk}/"))

    chosen = {"to": f"contact-{sari.pk}", "template": welcome.pk, "language": "id"}
    filled = html(rosa.post(address, {**chosen, "fill": "template", "cause": "form:1:abc"}))
    sent = rosa.post(
        address, {**chosen, "subject": "Selamat datang", "body": "Halo Sari", "cause": "form:1:abc"}
    )
    settle()

    assert "Halo Sari," in filled
    assert 'value="form:1:abc"' in filled
    assert sent.status_code == 200
    assert mailbox.letters[0]["To"] == "sari@kopi.example"
    assert Sending.objects.get().template == welcome
    listed = html(as_(cast.rosa).get("/sent-mail/"))
    assert "Selamat datang" in listed
    assert "Selamat datang" not in html(as_(cast.otto).get("/sent-mail/"))


def test_what_was_changed_by_hand_is_kept_for_another_recipient(cast, as_, make, mailbox, welcome):
    kopi = make.customer(cast.rosa, name="Kopi", email="halo@kopi.example")
    sari = make.contact(kopi, name="Sari Wijaya", email="sari@kopi.example")
    rosa, address = as_(cast.rosa, htmx=True), f"/customers/{kopi.pk}/mail"
    typed = {"template": welcome.pk, "language": "en", "subject": "Mine", "body": "My own words"}

    other = html(rosa.post(address, {**typed, "to": f"contact-{sari.pk}", "fill": "to"}))
    looked = html(rosa.post(address, {**typed, "body": "**bold**", "fill": "look"}))

    assert "My own words" in other
    assert "<strong>bold</strong>" in looked
    assert not mailbox.letters


def test_a_refusal_stands_beside_the_person(cast, as_, make, mailbox):
    kopi = make.customer(cast.rosa, name="Kopi", email="halo@kopi.example")
    sari = make.contact(kopi, name="Sari Wijaya", email="sari@kopi.example")
    Contact.objects.filter(pk=sari.pk).update(do_not_email=True)
    rosa, address = as_(cast.rosa, htmx=True), f"/customers/{kopi.pk}/mail"
    letter = {"subject": "Hi", "body": "Hello", "language": "en", "cause": "form:1:abc"}

    refused = rosa.post(address, {**letter, "to": f"contact-{sari.pk}"})
    foreign = rosa.post(address, {**letter, "to": "contact-999999"})

    assert refused.status_code == 422
    assert "Does not want e-mail." in html(refused)
    assert "Hello" in html(refused)
    assert foreign.status_code == 422
    assert not mailbox.letters


def test_who_does_not_see_the_customer_finds_nothing(cast, as_, make):
    """ALL-3"""
    foreign = make.customer(cast.otto)

    assert as_(cast.rosa).get(f"/customers/{foreign.pk}/mail").status_code == 404
    assert as_(cast.rosa).post(f"/customers/{foreign.pk}/mail", {"to": "x"}).status_code == 404
