"""Codes of an app, recovery codes, and roles that need a second factor (PPL-6)."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.db import connection
from django.test import Client

from leadline.core import clock
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.people.actions import create_token
from leadline.people.models import Role
from leadline.people.signing import actions
from leadline.people.signing.models import CodeApp, RecoveryCode
from leadline.people.signing.tests.conftest import is_in


def step(browser, code):
    return browser.post("/sign-in/second-step", {"code": code, "next": "/me"})


def need_factor(*roles):
    Role.objects.filter(key__in=roles).update(second_factor_required=True)


def test_an_app_is_set_up_by_its_first_code_and_recovery_codes_are_shown_once(cast, as_, told):
    browser = as_(cast.rosa)
    browser.post("/me/codes/begin")
    page = browser.get("/me/codes").text
    secret = re.search(r'id="code-key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert "<svg" in page
    assert "style=" not in page

    wrong = browser.post("/me/codes", {"code": "000000"})
    shown = browser.post("/me/codes", {"code": pyotp.TOTP(secret).now()}).text

    assert wrong.status_code == 422
    codes = re.findall(r"<li>((?:[a-z2-7]{4}-){3}[a-z2-7]{4})</li>", shown)
    assert len(set(codes)) == 10
    assert codes[0] not in browser.get("/me/security").text
    assert told().count("SecondFactorAdded") == 1


def test_the_secret_lies_encrypted_in_the_database(cast, app_of):
    shows = app_of(cast.rosa)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM people_code_app")
        kept = cursor.fetchone()[0]

    assert shows.secret not in kept
    assert CodeApp.objects.get().secret == shows.secret


def test_the_password_alone_opens_nothing_and_the_code_does(cast, app_of, at_password):
    shows = app_of(cast.rosa)
    browser = at_password(cast.rosa)
    assert not is_in(browser)

    assert step(browser, "123456").status_code == 422
    assert step(browser, shows.now())["Location"] == "/me"
    assert is_in(browser)


def test_a_code_counts_once(cast, app_of, at_password):
    shows = app_of(cast.rosa)
    code = shows.now()
    step(at_password(cast.rosa), code)

    second = at_password(cast.rosa)

    assert step(second, code).status_code == 422
    assert not is_in(second)


@pytest.mark.parametrize(("seconds", "fits"), [(-30, True), (30, True), (-90, False), (90, False)])
def test_a_clock_may_be_wrong_by_half_a_minute(cast, app_of, by, seconds, fits):
    shows = app_of(cast.rosa)
    with clock.at(clock.now() + timedelta(minutes=10)):
        code = shows.at(clock.now() + timedelta(seconds=seconds))
        assert actions.use_code(cast.rosa, code=code, by=by(cast.rosa)) is fits


def test_codes_can_not_be_guessed_through(cast, app_of, at_password):
    shows = app_of(cast.rosa)
    browser = at_password(cast.rosa)
    for number in range(5):
        step(browser, f"00000{number}")

    response = step(browser, shows.now())

    assert response.status_code == 422
    assert "Too many attempts" in response.text


def test_the_second_step_waits_ten_minutes_and_a_new_password_ends_it(cast, app_of, at_password, later, by):
    from leadline.people.actions import set_user_password

    shows = app_of(cast.rosa)
    slow, stale = at_password(cast.rosa), at_password(cast.rosa)

    with later(minutes=11):
        assert step(slow, shows.at(clock.now()))["Location"].startswith("/sign-in")
    set_user_password(cast.rosa, password="another line of rope", by=by(cast.ada))
    assert step(stale, shows.now())["Location"].startswith("/sign-in")


def test_a_recovery_code_opens_once_and_tells_how_many_are_left(cast, app_of, at_password, by, as_):
    app_of(cast.rosa)
    codes = actions.make_recovery_codes(cast.rosa, by=by(cast.rosa))

    assert step(at_password(cast.rosa), codes[0].upper())["Location"] == "/me"
    assert step(at_password(cast.rosa), codes[0]).status_code == 422
    assert "9 codes are left" in as_(cast.rosa).get("/me/security").text
    assert not RecoveryCode.objects.filter(digest__contains=codes[1][:4]).exists()


def test_new_recovery_codes_make_the_old_ones_void(cast, app_of, by):
    app_of(cast.rosa)
    old = actions.make_recovery_codes(cast.rosa, by=by(cast.rosa))
    actions.make_recovery_codes(cast.rosa, by=by(cast.rosa))

    assert not actions.use_recovery_code(cast.rosa, code=old[0], by=by(cast.rosa))


def test_a_role_that_needs_it_leads_to_set_up_before_anything_else(cast, as_):
    need_factor("inside-sales")
    browser = as_(cast.rosa)

    sent = browser.get("/customers/")
    page = browser.get("/second-factor").text
    browser.post("/me/codes/begin")
    secret = CodeApp.objects.get(user=cast.rosa).secret
    browser.post("/me/codes", {"code": pyotp.TOTP(secret).now()})

    assert sent["Location"] == "/second-factor?next=%2Fcustomers%2F"
    assert "One more thing first" in page
    assert browser.get("/customers/").status_code == 200
    assert as_(cast.mira).get("/customers/").status_code == 200


def test_who_has_a_factor_already_shows_it_when_the_role_begins_to_need_it(cast, as_, app_of):
    shows = app_of(cast.rosa)
    browser = as_(cast.rosa)
    need_factor("inside-sales")

    assert browser.get("/customers/")["Location"].startswith("/second-factor")
    assert browser.post("/second-factor", {"code": shows.now(), "next": "/customers/"}).status_code == 302
    assert browser.get("/customers/").status_code == 200


def test_tokens_and_the_api_rest_until_the_factor_is_set_up(cast, as_, app_of, by):
    token = create_token(cast.rosa, by=by(cast.rosa))
    program = Client(headers={"Authorization": f"Bearer {token}"})
    need_factor("inside-sales")

    refused = program.get("/api/v1/customers")
    by_session = as_(cast.rosa).get("/api/v1/customers")
    app_of(cast.rosa)

    assert refused.status_code == by_session.status_code == 403
    assert "second factor" in refused.json()["detail"]
    assert program.get("/api/v1/customers").status_code == 200


def test_the_last_factor_stays_while_a_role_needs_it(cast, app_of, by):
    app_of(cast.rosa)
    need_factor("inside-sales")

    with pytest.raises(RuleBroken, match="Set up another one first"):
        actions.remove_code_app(cast.rosa, by=by(cast.rosa))


def test_an_administrator_resets_lost_factors_and_all_sessions_end(cast, as_, app_of, at_password, told):
    app_of(cast.rosa)
    open_session = as_(cast.rosa)

    assert as_(cast.mira).post(f"/people/{cast.rosa.pk}/reset-second-factor").status_code == 403
    as_(cast.ada).post(f"/people/{cast.rosa.pk}/reset-second-factor")

    assert not is_in(open_session)
    assert is_in(at_password(cast.rosa))
    assert told().count("SecondFactorReset") == 1


def test_nobody_sets_up_a_factor_for_somebody_else(cast, by):
    with pytest.raises(NotAllowed):
        actions.begin_code_app(cast.rosa, by=by(cast.ada))


def test_a_code_confirms_that_it_is_you(cast, as_, app_of, later):
    shows = app_of(cast.rosa)
    browser = as_(cast.rosa, htmx=True)
    with later(minutes=11):
        answer = browser.post("/confirm", {"password": shows.at(clock.now())})

    assert answer["HX-Trigger"] == "person-confirmed"
