"""Invitations and forgotten passwords, by real mail (PPL-6)."""

import re

import pytest
from django.test import Client

from leadline.core.mail.models import OutgoingMail
from leadline.people.models import User
from leadline.people.signing.models import Invitation
from leadline.people.signing.tests.conftest import is_in

NEW = "seven knots before the wind"
WHO = {"email": "nina@example.com", "roles": ["inside-sales"]}


def link_in(letter):
    text = letter.get_body(("plain",)).get_content()
    return re.search(r"http://localhost:8000(/\S+)", text)[1]


def test_an_invitation_comes_by_mail_and_makes_an_account_once(cast, as_, mailbox, settle, told):
    as_(cast.ada).post("/people/invitations", {**WHO, "team": cast.north.pk})
    settle()
    link = link_in(mailbox.letters[0])
    browser = Client()
    weak = browser.post(link, {"name": "Nina", "password": "password123"})
    browser.post(link, {"name": "Nina Vance", "password": NEW})

    nina = User.objects.get(email="nina@example.com")
    assert weak.status_code == 422
    assert is_in(browser)
    assert (nina.name, nina.team, nina.grants.roles) == ("Nina Vance", cast.north, ("inside-sales",))
    assert "was accepted already" in Client().get(link).text
    assert Client().post(link, {"name": "Eve", "password": NEW}).status_code == 422
    assert told().count("InvitationAccepted") == 1


def test_a_link_opens_for_seven_days_and_a_new_one_makes_it_void(cast, as_, mailbox, settle, later):
    ada = as_(cast.ada)
    ada.post("/people/invitations", WHO)
    settle()
    first = link_in(mailbox.letters[0])
    with later(days=8):
        assert "has run out" in Client().get(first).text
        assert Client().post(first, {"name": "Nina", "password": NEW}).status_code == 422
    ada.post(f"/people/invitations/{Invitation.objects.get().pk}/again")
    settle()

    assert Client().get(first).status_code == 404
    assert Client().get(link_in(mailbox.letters[1])).status_code == 200


def test_a_withdrawn_invitation_opens_nothing(cast, as_, mailbox, settle):
    ada = as_(cast.ada)
    ada.post("/people/invitations", WHO)
    settle()
    ada.post(f"/people/invitations/{Invitation.objects.get().pk}/withdraw")

    link = link_in(mailbox.letters[0])
    assert "was withdrawn" in Client().get(link).text
    assert Client().post(link, {"name": "Nina", "password": NEW}).status_code == 422
    assert not User.objects.filter(email="nina@example.com").exists()


def test_without_mail_the_administrator_hands_the_link_over(cast, as_, settings):
    settings.LEADLINE_EMAIL_URL = ""

    page = as_(cast.ada).post("/people/invitations", WHO).text

    link = re.search(r'value="http://localhost:8000(/invitation/[\w-]+)"', page)[1]
    assert Client().get(link).status_code == 200
    assert not OutgoingMail.objects.exists()


def test_only_administrators_invite_and_nobody_twice(cast, as_):
    ada = as_(cast.ada)

    assert as_(cast.mira).post("/people/invitations", WHO).status_code == 403
    assert ada.post("/people/invitations", {**WHO, "email": "Rosa@Example.com"}).status_code == 422
    ada.post("/people/invitations", WHO)
    assert "is invited already" in ada.post("/people/invitations", WHO).text


def test_a_forgotten_password_is_chosen_anew_by_mail_once(cast, as_, mailbox, settle, told):
    open_session = as_(cast.rosa)
    Client().post("/sign-in/forgot", {"email": "ROSA@example.com"})
    settle()
    link = link_in(mailbox.letters[0])
    browser = Client()
    browser.post(link, {"password": NEW})

    assert is_in(browser)
    assert not is_in(open_session)
    assert "used already" in Client().get(link).text
    assert Client().post(link, {"password": "another line of rope"}).status_code == 422
    assert told().count("PasswordChanged") == 1


def test_the_answer_is_the_same_for_who_is_not_here(cast, mailbox, settle):
    known = Client().post("/sign-in/forgot", {"email": "rosa@example.com"})
    unknown = Client().post("/sign-in/forgot", {"email": "nobody@example.com"})
    left = Client().post("/sign-in/forgot", {"email": cast.house.email})
    settle()

    tokens = r'(name="csrf-token" content|csrfmiddlewaretoken" value)="[^"]+"'
    pages = {re.sub(tokens, "", answer.text) for answer in (known, unknown, left)}
    assert len(pages) == 1
    assert [letter["To"] for letter in mailbox.letters] == ["rosa@example.com"]


def test_the_link_opens_for_an_hour(cast, mailbox, settle, monkeypatch):
    import time

    Client().post("/sign-in/forgot", {"email": "rosa@example.com"})
    settle()
    link = link_in(mailbox.letters[0])
    assert "Choose a new password" in Client().get(link).text

    much_later = time.time() + 3601
    monkeypatch.setattr(time, "time", lambda: much_later)
    assert "has run out" in Client().get(link).text


def test_who_has_a_second_factor_still_shows_it_after_recovering(cast, app_of, mailbox, settle):
    app_of(cast.rosa)
    Client().post("/sign-in/forgot", {"email": "rosa@example.com"})
    settle()
    browser = Client()

    sent = browser.post(link_in(mailbox.letters[0]), {"password": NEW})

    assert sent["Location"].startswith("/sign-in/second-step")
    assert not is_in(browser)


def test_nobody_is_flooded_with_mail(cast, mailbox, settle):
    answers = [Client().post("/sign-in/forgot", {"email": "rosa@example.com"}) for _time in range(6)]
    settle()

    assert answers[-1].status_code == 422
    assert len(mailbox.letters) <= 4


@pytest.mark.parametrize("nonsense", ["x", "a:b:c", "WzEsIngiXQ:1abc:def"])
def test_a_made_up_link_opens_nothing(cast, nonsense):
    assert "has run out" in Client().get(f"/recover/{nonsense}").text
    assert Client().post(f"/recover/{nonsense}", {"password": NEW}).status_code == 422
    assert Client().get(f"/invitation/{nonsense}").status_code == 404


def test_mail_speaks_the_readers_language(cast, mailbox, settle):
    cast.rosa.language = "id"
    cast.rosa.save()
    Client().post("/sign-in/forgot", {"email": "rosa@example.com"})
    settle()

    assert "Kata sandi baru" in mailbox.letters[0]["Subject"]
