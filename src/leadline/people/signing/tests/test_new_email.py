"""One's own e-mail is changed by a link sent to the new one, by real mail (PPL-1, PPL-6)."""

import re

import pytest
from django.test import Client

from leadline.people.actions import set_user_password
from leadline.people.signing.tests.conftest import is_in

NEW = "rosa.ibarra@example.com"


@pytest.fixture
def asked(cast, as_, mailbox, settle):
    """Rosa's browser, in which she asked for the new e-mail, and the link."""
    rosa = as_(cast.rosa)
    page = rosa.post("/me/email", {"email": " Rosa.Ibarra@Example.com "}, headers={"HX-Request": "true"})
    assert f"A link is on its way to {NEW}" in page.text
    settle()
    return rosa, re.search(r"http://localhost:8000(/new-email/\S+)", text_of(mailbox, NEW)[0])[1]


def text_of(mailbox, address):
    """What the letters to an address say."""
    return [
        letter.get_body(("plain",)).get_content() for letter in mailbox.letters if letter["To"] == address
    ]


def test_the_link_changes_it_and_signs_out_all_browsers_but_this(cast, as_, asked, mailbox, settle, told):
    rosa, link = asked
    other, mails_elsewhere = as_(cast.rosa), Client()

    assert "instead of rosa@example.com" in mails_elsewhere.get(link).text
    cast.rosa.refresh_from_db()
    assert cast.rosa.email == "rosa@example.com"
    assert f"From now on you sign in as {NEW}" in rosa.post(link).text
    settle()

    cast.rosa.refresh_from_db()
    assert cast.rosa.email == NEW
    assert (is_in(rosa), is_in(other), is_in(mails_elsewhere)) == (True, False, False)
    assert "used already or has run out" in rosa.get(link).text
    assert mails_elsewhere.post(link).status_code == 422
    old = text_of(mailbox, "rosa@example.com")
    assert (len(old), "somebody, we hope you" in old[0], NEW in old[1]) == (2, True, True)
    assert [name for name in told() if "Email" in name] == ["NewEmailAsked", "EmailChanged"]


@pytest.mark.parametrize("email", ["otto@example.com", "ROSA@example.com", "nonsense", ""])
def test_one_that_is_in_use_or_none_is_refused_beside_its_field(cast, as_, mailbox, settle, email):
    page = as_(cast.rosa, htmx=True).post("/me/email", {"email": email})
    settle()

    assert page.status_code == 422
    assert 'id="id_email_error"' in page.text or "aria-invalid" in page.text
    assert mailbox.letters == []


def test_the_link_opens_for_an_hour_and_until_the_password_changes(cast, by, asked, later):
    _rosa, link = asked

    with later(minutes=61):
        assert Client().post(link).status_code == 422
    set_user_password(cast.rosa, password="seven knots before the wind", by=by(cast.ada))
    assert Client().post(link).status_code == 422


def test_whoever_took_the_address_meanwhile_keeps_it(cast, by, asked):
    _rosa, link = asked
    cast.otto.email = NEW
    cast.otto.save()

    answer = Client().post(link)

    assert answer.status_code == 422
    assert "Somebody already signs in with this e-mail." in answer.text


def test_asking_again_and_again_has_to_wait(cast, as_, mailbox):
    rosa = as_(cast.rosa)

    answers = [rosa.post("/me/email", {"email": f"rosa{n}@example.com"}).status_code for n in range(5)]

    assert answers == [302, 302, 302, 422, 422]


def test_a_link_of_one_person_changes_nobody_else(cast, as_, asked):
    _rosa, link = asked

    otto = as_(cast.otto)
    otto.post(link)

    cast.otto.refresh_from_db()
    assert cast.otto.email == "otto@example.com"
    assert is_in(otto)


def test_without_mail_an_administrator_helps(cast, as_, settings):
    settings.LEADLINE_EMAIL_URL = ""

    assert "An administrator can do this." in as_(cast.rosa).post("/me/email", {"email": NEW}).text
