"""One's own page (PPL-1, INT-2)."""

import re

from django.test import Client

from leadline.people.actions import digest_of
from leadline.people.models import Token


def test_rosa_changes_her_profile_and_reads_indonesian_from_then_on(cast, as_):
    browser = as_(cast.rosa, htmx=True)
    answers = {"name": "Rosa I.", "phone": "+62 21 555 0100", "language": "id", "time_zone": "Asia/Jakarta"}

    response = browser.post("/me", answers)

    cast.rosa.refresh_from_db()
    assert response["HX-Redirect"] == "/me"
    assert (cast.rosa.name, cast.rosa.language, cast.rosa.time_zone) == ("Rosa I.", "id", "Asia/Jakarta")
    assert 'lang="id"' in as_(cast.rosa).get("/me").text


def test_nobody_gives_oneself_a_role_or_a_team(cast, as_):
    answers = {
        "name": "Rosa",
        "roles": "administrator",
        "team": cast.south.pk,
        "is_system": "1",
        "email": "x@y.z",
    }
    as_(cast.rosa).post("/me", answers)

    cast.rosa.refresh_from_db()
    assert cast.rosa.team == cast.north
    assert cast.rosa.grants.roles == ("inside-sales",)
    assert cast.rosa.email == "rosa@example.com"


def test_a_new_password_needs_the_present_one_and_ends_other_sessions(cast, as_):
    here, elsewhere = as_(cast.rosa), as_(cast.rosa)
    new = "a line of forty fathoms"

    refused = here.post("/me/password", {"old": "a guess", "new": new})
    done = here.post("/me/password", {"old": cast.password, "new": new})

    assert refused.status_code == 422
    assert "not your present password" in refused.text
    assert done.status_code == 302
    assert here.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 302
    assert Client().post("/sign-in", {"email": "rosa@example.com", "password": new}).status_code == 302


def test_a_token_is_shown_once_and_only_its_digest_is_kept(cast, as_):
    browser = as_(cast.rosa, htmx=True)

    shown = re.search(r"ll_[\w-]{40,}", browser.post("/me/tokens", {"name": "Nightly export"}).text)[0]

    token = Token.objects.get(user=cast.rosa)
    assert token.digest == digest_of(shown)
    assert shown not in browser.get("/me").text


def test_a_token_is_revoked_by_its_owner_only(cast, as_):
    as_(cast.rosa).post("/me/tokens", {"name": "Nightly export"})
    token = Token.objects.get(user=cast.rosa)

    assert as_(cast.otto).post(f"/me/tokens/{token.pk}/revoke").status_code == 404
    assert as_(cast.rosa).post(f"/me/tokens/{token.pk}/revoke").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at


def test_the_theme_is_kept_in_the_browser_and_the_way_back_is_ours(cast, as_):
    browser = as_(cast.rosa)

    response = browser.post("/theme", {"theme": "dark", "next": "https://evil.example"})

    assert response["Location"] == "/"
    assert 'data-theme="dark"' in browser.get("/me").text


def test_the_language_goes_with_the_person(cast, as_):
    as_(cast.rosa).post("/language", {"language": "id", "next": "/me"})
    as_(cast.rosa).post("/language", {"language": "klingon"})

    cast.rosa.refresh_from_db()
    assert cast.rosa.language == "id"
