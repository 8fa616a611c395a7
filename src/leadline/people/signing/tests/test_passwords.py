"""Signing in by password, and what a password must be (PPL-6, NIST SP 800-63B)."""

import re

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client

from leadline.config import settings as product
from leadline.core.refusals import RuleBroken
from leadline.people import actions


def sign_in(client, email, password, **more):
    return client.post("/sign-in", {"email": email, "password": password, **more})


def test_rosa_signs_in_and_goes_on_to_the_page_she_wanted(cast):
    client = Client()

    sent = client.get("/me")
    response = sign_in(client, "Rosa@Example.com", cast.password, next="/me")

    assert sent["Location"] == "/sign-in?next=/me"
    assert response["Location"] == "/me"
    assert client.get("/me").status_code == 200


def test_a_part_of_a_page_that_was_asked_for_too_late_leads_back_to_the_page(cast):
    """A session ended while a page filled in its panels; the panel alone is no page to go on to."""
    page = "http://testserver/customers/7/?tab=notes"

    sent = Client(headers={"HX-Request": "true", "HX-Current-URL": page}).get("/customers/7/notes")

    assert sent["HX-Redirect"] == "/sign-in?next=/customers/7/%3Ftab%3Dnotes"


def test_nobody_is_told_whether_an_address_is_known(cast):
    wrong = sign_in(Client(), "rosa@example.com", "not her password")
    unknown = sign_in(Client(), "nobody@example.com", "not her password")

    assert wrong.status_code == unknown.status_code == 422
    words = "E-mail and password do not fit"
    assert words in wrong.text
    assert words in unknown.text


@pytest.mark.parametrize(
    "stranger", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_on_never_leaves_the_house(cast, stranger):
    assert sign_in(Client(), "rosa@example.com", cast.password, next=stranger)["Location"] == "/"


def test_who_left_cannot_sign_in_and_loses_an_open_session(cast, as_, by):
    open_session = as_(cast.rosa)
    actions.change_user(
        cast.rosa, name="Rosa", roles=["inside-sales"], team=cast.north, is_active=False, by=by(cast.ada)
    )

    assert open_session.get("/me").status_code == 302
    assert sign_in(Client(), "rosa@example.com", cast.password).status_code == 422


def test_the_house_itself_cannot_sign_in(cast):
    assert sign_in(Client(), cast.house.email, "!").status_code == 422


def test_signing_out_is_a_post_and_ends_the_session(cast, as_):
    client = as_(cast.rosa)

    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 302
    assert client.get("/me").status_code == 302


@pytest.mark.parametrize(
    ("weak", "why"),
    [
        ("short", "at least 10"),
        ("password123", "common"),
        ("plumb&sons2024", "names that others know"),
        ("Rosa.Ibarra99", "names that others know|similar"),
        ("aaaaaaaaaaaa", "simple pattern"),
        ("abcdefghijkl", "simple pattern"),
        ("x" * 201, "at most 200"),
    ],
)
def test_what_others_would_guess_is_refused_with_what_to_do(cast, by, weak, why):
    with pytest.raises(RuleBroken) as refused:
        actions.change_own_password(cast.rosa, old=cast.password, new=weak, by=by(cast.rosa))

    assert re.search(why, str(refused.value))
    assert refused.value.field == "new"


def test_any_character_counts_and_looks_decide_not_keyboards(cast, by):
    actions.change_own_password(cast.rosa, old=cast.password, new="é猫 fünf Faden tief", by=by(cast.rosa))

    decomposed = "e\u0301猫 fünf Faden tief"
    assert sign_in(Client(), "rosa@example.com", decomposed).status_code == 302


def test_nothing_but_length_is_asked(cast, by):
    actions.change_own_password(cast.rosa, old=cast.password, new="only small letters", by=by(cast.rosa))

    assert sign_in(Client(), "rosa@example.com", "only small letters").status_code == 302


def test_what_is_installed_hashes_by_argon2(cast, settings):
    """PPL-6: the other tests hash cheaply (tests/cast.py)."""
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS

    kept = make_password(cast.password)

    assert kept.startswith("argon2$argon2id$")
    assert check_password(cast.password, kept)
    assert not check_password(cast.password.upper(), kept)
