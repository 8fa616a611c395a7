"""Sessions: begun, used, listed, ended (PPL-6)."""

import pytest
from django.test import Client

from leadline.core.clock import now
from leadline.people.signing.models import Session
from leadline.people.signing.origin import device_in_words

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0"


def signed_in(cast, **headers):
    browser = Client(headers=headers)
    browser.post("/sign-in", {"email": "rosa@example.com", "password": cast.password})
    return browser


def kept(browser, session):
    """Put a changed session into the browser's cookie; returns the cookie."""
    session.save()
    browser.cookies["sessionid"] = session.session_key
    return session.session_key


def is_in(browser):
    return browser.get("/me").status_code == 200


def test_a_request_of_somebody_signed_in_asks_one_query_for_it(cast, as_, django_assert_num_queries):
    browser = as_(cast.rosa)
    browser.get("/theme")

    with django_assert_num_queries(1):
        browser.get("/sign-in")


def test_signing_in_makes_a_new_key_and_drops_what_was_in_the_cookie(cast):
    browser = Client()
    session = browser.session
    session["planted"] = "by somebody else"
    before = kept(browser, session)

    browser.post("/sign-in", {"email": "rosa@example.com", "password": cast.password})

    assert browser.cookies["sessionid"].value != before
    assert list(browser.session.keys()) == ["key"]


def test_a_key_of_one_person_opens_nobody_elses_session(cast):
    browser = signed_in(cast)
    session = browser.session
    session["key"] = f"{cast.ada.pk}.{session['key'].partition('.')[2]}"
    kept(browser, session)

    assert not is_in(browser)


def test_the_list_names_the_browsers_and_one_is_signed_out_from_another(cast):
    here, there = signed_in(cast), signed_in(cast, **{"User-Agent": FIREFOX})
    page = here.get("/me/security").text
    assert "Firefox on Windows" in page
    assert "This browser" in page

    other = Session.objects.get(device=FIREFOX)
    here.post(f"/me/sessions/{other.pk}/end")

    assert is_in(here)
    assert not is_in(there)


def test_nobody_ends_somebody_elses_session(cast, as_):
    here = signed_in(cast)
    session = Session.objects.get(user=cast.rosa)

    assert as_(cast.otto).post(f"/me/sessions/{session.pk}/end").status_code == 404
    assert is_in(here)


def test_all_others_or_all_together(cast, told):
    here, there, third = signed_in(cast), signed_in(cast), signed_in(cast)

    here.post("/me/sessions/end-others")
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, False)
    here.post("/me/sessions/end-all")
    assert not is_in(here)
    assert told().count("SignedOutEverywhere") == 2


def test_a_session_ends_after_a_day_without_use_and_after_two_weeks_in_any_case(cast, later):
    browser = signed_in(cast)

    for day in range(13):
        with later(hours=23 * (day + 1)):
            assert is_in(browser)
    with later(days=14, seconds=1):
        assert not is_in(browser)
    resting = signed_in(cast)
    with later(hours=25):
        assert not is_in(resting)


def test_being_seen_is_written_at_most_every_five_minutes(cast, later, django_assert_num_queries):
    browser = signed_in(cast)
    begun = Session.objects.get().seen_at

    is_in(browser)
    assert Session.objects.get().seen_at == begun
    with later(minutes=6):
        is_in(browser)
        assert Session.objects.get().seen_at > begun


def test_an_old_cookie_is_worth_nothing_after_signing_out(cast):
    browser = signed_in(cast)
    kept = browser.cookies["sessionid"].value

    browser.post("/sign-out")
    browser.cookies["sessionid"] = kept

    assert not is_in(browser)


def test_signing_in_and_out_are_told(cast, told):
    signed_in(cast).post("/sign-out")

    assert told() == ["SignedIn", "SignedOut"]


def test_before_a_step_that_matters_the_person_is_asked_again(cast, as_, later):
    browser = as_(cast.rosa, htmx=True)
    with later(minutes=11):
        asked = browser.post("/me/tokens", {"name": "Nightly"})
        wrong = browser.post("/confirm", {"password": "a guess"})
        right = browser.post("/confirm", {"password": cast.password})
        done = browser.post("/me/tokens", {"name": "Nightly"})

    assert asked.status_code == 422
    assert asked["HX-Trigger"] == "confirm-person"
    assert wrong.status_code == 422
    assert "neither your password" in wrong.text
    assert right["HX-Trigger"] == "person-confirmed"
    assert done.status_code == 200


def test_without_script_the_question_is_a_page_that_leads_back(cast, as_, later):
    browser = as_(cast.rosa)
    with later(minutes=11):
        asked = browser.post("/me/tokens", {"name": "Nightly"}, headers={"Referer": "http://testserver/me"})
        assert asked["Location"].startswith("/confirm?next=")
        answered = browser.post("/confirm", {"password": cast.password, "next": "/me"})

    assert answered["Location"] == "/me"


def test_administrators_set_how_long_sessions_last(cast, as_, later):
    answers = {"idle_hours": 2, "lifetime_days": 1, "second_factor_roles": []}

    assert as_(cast.rosa).post("/settings/signing-in", answers).status_code == 403
    assert as_(cast.ada).post("/settings/signing-in", answers).status_code == 302
    browser = signed_in(cast)
    with later(hours=3):
        assert not is_in(browser)


@pytest.mark.parametrize(
    ("device", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Linux"),
        ("curl/8", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_browsers_are_told_in_words(device, words):
    assert device_in_words(device) == words


def test_old_sessions_are_forgotten(cast, by, later):
    from leadline.people.signing.actions import remove_old_sessions

    signed_in(cast)
    with later(days=60):
        remove_old_sessions(by=by(cast.house))

    assert not Session.objects.filter(began_at__lte=now()).exists()
