"""Against signing in: who is known here, stolen and planted sessions, cookies, what the log keeps (PPL-6)."""

import io
import logging

import pytest
from django.test import Client, override_settings

from leadline.core.logs.lines import formatter
from leadline.people.signing import passwords

EMAIL = "rosa@example.com"


@pytest.fixture
def hashed(monkeypatch):
    """How often a password was hashed, by whatever way."""
    from django.contrib.auth import hashers

    done: list[str] = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(
        hasher, "encode", lambda self, *given, **more: done.append("") or encode(self, *given, **more)
    )
    return done


def test_a_known_and_an_unknown_address_cost_the_same_work(cast, hashed, django_assert_num_queries):
    """Not the time, which a busy machine blurs, but what is done: as many hashes, and the same queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    work = []
    for email in (EMAIL, "nobody@example.com", EMAIL, "nobody@example.com"):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = Client().post("/sign-in", {"email": email, "password": "a wrong password of mine"})
        work.append((len(hashed), len(asked), answer.status_code, answer.text.replace(email, "")[-400:]))

    assert work[2][0] == work[3][0] == 1
    assert work[2][1:3] == work[3][1:3]


def test_the_words_of_a_refusal_do_not_tell_which_of_the_two_is_wrong(cast):
    from django.core.cache import cache

    told = []
    for email in (EMAIL, "nobody@example.com"):
        cache.clear()
        page = Client().post("/sign-in", {"email": email, "password": "a wrong password of mine"}).text
        told.append(page[page.index('role="alert"') :][:300])

    assert told[0] == told[1]


@pytest.mark.parametrize(
    "email",
    ["rosa@example.com\x00", "rosa@example.com\r\nBcc: evil@example.com", "ros\u0430@example.com",
     "rosa@exampl\u0435.com", "\u202emoc.elpmaxe@asor", "ROSA@EXAMPLE.COM' OR '1'='1",
     "rosa@example.com,mira@example.com", "rosa\u200b@example.com"],
)  # fmt: skip
def test_an_address_that_only_looks_alike_is_nobody(cast, email):
    browser = Client()

    assert browser.post("/sign-in", {"email": email, "password": cast.password}).status_code == 422
    assert browser.get("/me").status_code == 302


def test_a_session_that_was_planted_before_signing_in_is_not_the_one_after(cast):
    """Fixation: the key in the cookie is a new one, and the old one is worth nothing."""
    browser = Client()
    browser.get("/sign-in")
    planted = browser.cookies["sessionid"].value
    browser.cookies["csrftoken"] = "x" * 32

    browser.post("/sign-in", {"email": EMAIL, "password": cast.password})

    assert browser.cookies["sessionid"].value != planted
    assert browser.cookies["csrftoken"].value != "x" * 32
    assert "Rosa" in browser.get("/me").text
    browser.cookies["sessionid"] = planted
    assert browser.get("/me").status_code == 302


def test_a_cookie_of_a_session_that_was_signed_out_lets_nobody_in(cast, as_):
    browser = as_(cast.rosa)
    stolen = browser.cookies["sessionid"].value
    browser.post("/sign-out")

    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get("/me").status_code == 302


@pytest.mark.parametrize(
    "change", [lambda word: word[:-2] + "xx", lambda word: "", lambda word: word * 500, str.upper]
)
def test_a_cookie_that_was_altered_lets_nobody_in(cast, as_, change):
    browser = as_(cast.rosa)
    browser.cookies["sessionid"] = change(browser.cookies["sessionid"].value)

    assert browser.get("/me").status_code == 302


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(cast):
    with override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True):
        browser = Client()
        browser.post("/sign-in", {"email": EMAIL, "password": cast.password}, secure=True)

    for name in ("sessionid", "known"):
        cookie = browser.cookies[name]
        assert cookie["httponly"], name
        assert cookie["secure"], name
        assert cookie["samesite"] == "Lax", name
    assert browser.cookies["csrftoken"]["secure"]


@pytest.mark.parametrize("path", ["/sign-in", "/api/v1/customers"])
def test_neither_log_nor_page_keeps_a_secret(cast, path):
    """Passwords and tokens stand in no line, and a line break in them makes no line."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter())
    logging.getLogger().addHandler(handler)
    planted = f"refused: Bearer abc123secret password='abc123secret' {EMAIL}"
    try:
        logging.getLogger("leadline").error(planted)
        answer = Client(raise_request_exception=False).post(
            path,
            {"email": EMAIL, "password": "abc123secret"},
            headers={
                "Authorization": "Bearer abc123secret",
                "X-Request-Id": "abc\r\n{forged}",
                "User-Agent": "x\r\ny",
            },
        )
    finally:
        logging.getLogger().removeHandler(handler)

    assert "abc123secret" not in written.getvalue()
    assert EMAIL not in written.getvalue()
    assert "forged" not in written.getvalue()
    assert "abc123secret" not in answer.text
    assert "\n" not in answer.headers["X-Request-Id"]


def test_a_password_of_any_length_costs_little(cast, hashed):
    answer = Client().post("/sign-in", {"email": EMAIL, "password": "x" * 100_000})

    assert answer.status_code == 422
    assert hashed == []
    assert passwords.LONGEST <= 1000
