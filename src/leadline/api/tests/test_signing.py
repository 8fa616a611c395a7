"""Signing in by the API: sessions, tokens, invitations, an administrator's help (PPL-6)."""

import re

import pytest
from django.test import Client

from leadline.core.clock import now
from leadline.people.models import Token
from leadline.people.signing.models import Invitation, Session
from tests.cast import PASSWORD


def test_one_reads_oneself_and_ends_a_session(program, cast, as_):
    open_session = as_(cast.rosa)
    rosa = program(cast.rosa)
    assert rosa.get("me").json()["email"] == "rosa@example.com"

    sessions = rosa.get("me/sessions").json()["data"]
    ended = rosa.post(f"me/sessions/{sessions[0]['id']}/end")

    assert ended.status_code == 200
    assert open_session.get("/me").status_code == 302
    stranger = program(cast.otto).post(f"me/sessions/{sessions[0]['id']}/end")
    assert stranger.status_code == 404


def test_tokens_are_listed_without_their_secrets_and_revoked(program, cast):
    rosa = program(cast.rosa)
    listed = rosa.get("me/tokens").json()["data"]
    assert "digest" not in listed[0]

    assert program(cast.otto).post(f"me/tokens/{listed[0]['id']}/revoke").status_code == 404
    assert rosa.post(f"me/tokens/{listed[0]['id']}/revoke").status_code == 200
    assert rosa.get("me").status_code == 401


def test_administrators_invite_and_without_mail_get_the_link_once(program, cast, settings):
    settings.LEADLINE_EMAIL_URL = ""
    ada = program(cast.ada)
    body = {"email": "nina@example.com", "roles": ["inside-sales"], "team": cast.north.pk}

    refused = program(cast.rosa).post("invitations", body)
    made = ada.post("invitations", body)
    listed = ada.get("invitations").json()["data"]

    assert refused.status_code == 403
    assert made.status_code == 201
    assert "/invitation/" in made.json()["link"]
    assert "link" not in listed[0]
    assert program(cast.rosa).get("invitations").status_code == 403
    assert ada.post(f"invitations/{listed[0]['id']}/again").status_code == 200
    assert ada.post(f"invitations/{listed[0]['id']}/withdraw").status_code == 200
    assert Invitation.objects.get().withdrawn_at


@pytest.mark.parametrize("team", ["x", True, -1, 2**70, [1]])
def test_nonsense_for_a_team_names_the_field(program, cast, team):
    body = {"email": "nina@example.com", "roles": ["inside-sales"], "team": team}

    refused = program(cast.ada).post("invitations", body)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "team"


@pytest.mark.parametrize("verb", ["reset-second-factor", "sign-out-everywhere"])
def test_administrators_help_colleagues_and_nobody_else_does(program, cast, as_, verb):
    open_session = as_(cast.rosa)

    assert program(cast.mira).post(f"users/{cast.rosa.pk}/{verb}").status_code == 403
    assert program(cast.ada).post(f"users/{cast.rosa.pk}/{verb}").status_code == 200
    assert open_session.get("/me").status_code == 302


def test_by_its_session_a_page_confirms_before_people_are_changed(cast, as_):
    browser = as_(cast.ada)
    Session.objects.update(confirmed_at=now().replace(year=2020))
    address = f"/api/v1/users/{cast.rosa.pk}/sign-out-everywhere"

    refused = browser.post(address)
    browser.post("/confirm", {"password": PASSWORD})

    assert refused.status_code == 403
    assert "Confirm it is you" in refused.json()["detail"]
    assert browser.post(address).status_code == 200


def test_a_strangers_address_is_asked_nothing(cast):
    assert Client().get("/api/v1/me/sessions").status_code == 401
    assert not Token.objects.filter(user=cast.house).exists()


def test_a_program_asks_for_another_email_with_the_password_and_confirms_it(program, cast, mailbox, settle):
    rosa = program(cast.rosa)
    without = rosa.post("me/email", {"email": "ibarra@example.com", "password": "a guess"})
    asked = rosa.post("me/email", {"email": "ibarra@example.com", "password": PASSWORD})
    settle()
    letter = next(each for each in mailbox.letters if each["To"] == "ibarra@example.com")
    secret = re.search(r"/new-email/(\S+)", letter.get_body(("plain",)).get_content())[1]

    assert (without.status_code, without.json()["errors"][0]["field"]) == (422, "password")
    assert asked.json() == {"sent_to": "ibarra@example.com"}
    assert program(cast.otto).post("me/email/confirm", {"secret": secret}).status_code == 422
    assert rosa.post("me/email/confirm", {"secret": secret}).json()["email"] == "ibarra@example.com"
