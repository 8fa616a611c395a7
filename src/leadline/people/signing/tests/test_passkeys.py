"""Passkeys as second step, alone, and as confirmation (PPL-6)."""

import pytest
from django.test import Client

from leadline.people.signing.models import Passkey
from leadline.people.signing.tests.authenticator import Authenticator
from leadline.people.signing.tests.conftest import is_in, options_on


@pytest.fixture
def key(cast, as_):
    """Rosa's passkey, made through the page."""
    made = Authenticator()
    browser = as_(cast.rosa)
    options = options_on(browser.get("/me/passkeys/add").text)
    answer = browser.post("/me/passkeys/add", {"name": "Key ring", "credential": made.make(options)})
    assert "recovery codes" in answer.text
    return made


def alone(key, browser=None):
    browser = browser or Client()
    options = options_on(browser.get("/sign-in").text)
    browser.post("/sign-in/passkey", {"credential": key.show(options)})
    return browser


def test_a_passkey_lets_in_without_a_password_and_counts_as_both_steps(cast, key, told):
    browser = alone(key)

    assert is_in(browser)
    assert told()[-1] == "SignedIn"
    assert Passkey.objects.get().sign_count == 1
    assert "Key ring" in browser.get("/me/security").text


def test_a_passkey_is_the_second_step_after_the_password(cast, key, at_password):
    browser = at_password(cast.rosa)
    assert not is_in(browser)
    options = options_on(browser.get("/sign-in/second-step").text)

    browser.post("/sign-in/second-step/passkey", {"credential": key.show(options)})

    assert is_in(browser)


def test_the_answer_to_one_question_opens_once(cast, key):
    browser = Client()
    page = browser.get("/sign-in")
    answer, cookie = key.show(options_on(page.text)), browser.cookies["sessionid"].value
    browser.post("/sign-in/passkey", {"credential": answer})
    replayed = Client()
    replayed.cookies["sessionid"] = cookie
    replayed.post("/sign-in/passkey", {"credential": answer})

    assert is_in(browser)
    assert not is_in(replayed)


def test_a_copy_of_the_key_is_found_by_its_count(cast, key):
    alone(key)
    alone(key)
    key.count = 0

    assert not is_in(alone(key))


def test_a_question_of_another_browser_is_not_answered(cast, key):
    options = options_on(Client().get("/sign-in").text)
    browser = Client()
    browser.get("/sign-in")
    browser.post("/sign-in/passkey", {"credential": key.show(options)})

    assert not is_in(browser)


def test_an_answer_for_another_site_is_refused(cast, key):
    key.origin = "https://evil.example"

    assert not is_in(alone(key))


def test_alone_the_device_must_have_verified_its_owner(cast, key):
    key.flags = 1

    assert not is_in(alone(key))


def test_somebody_elses_passkey_is_no_second_step(cast, key, at_password, app_of):
    app_of(cast.otto)
    browser = at_password(cast.otto)
    options = options_on(browser.get("/sign-in").text)

    browser.post("/sign-in/second-step/passkey", {"credential": key.show(options)})

    assert not is_in(browser)


@pytest.mark.parametrize("nonsense", ["", "{}", "[]", "null", '{"rawId": 7}', '{"rawId": "AA"}', "x" * 30000])
def test_nonsense_is_told_in_words(cast, nonsense):
    browser = Client()

    browser.post("/sign-in/passkey", {"credential": nonsense})

    assert "This passkey does not fit" in browser.get("/sign-in").text


def test_removed_is_removed_and_only_by_its_owner(cast, key, as_):
    passkey = Passkey.objects.get()

    assert as_(cast.otto).post(f"/me/passkeys/{passkey.pk}/remove").status_code == 404
    as_(cast.rosa).post(f"/me/passkeys/{passkey.pk}/remove")

    assert not is_in(alone(key))


def test_who_left_does_not_come_in_by_passkey(cast, key):
    cast.rosa.is_active = False
    cast.rosa.save()

    assert not is_in(alone(key))


def test_a_passkey_confirms_that_it_is_you(cast, key, as_, later):
    browser = as_(cast.rosa, htmx=True)
    with later(minutes=11):
        options = options_on(browser.get("/confirm").text)
        answer = browser.post("/confirm/passkey", {"credential": key.show(options)})

    assert answer["HX-Trigger"] == "person-confirmed"


def test_making_one_needs_a_recent_confirmation(cast, as_, later):
    browser = as_(cast.rosa)
    with later(minutes=11):
        assert browser.get("/me/passkeys/add")["Location"] == "/confirm?next=%2Fme%2Fpasskeys%2Fadd"
