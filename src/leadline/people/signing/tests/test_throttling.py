"""Guessing is slowed down, and nobody is locked out by strangers (PPL-6)."""

from django.test import Client

from leadline.core.events.models import EventRecord
from leadline.people.signing import limits
from leadline.people.signing.actions import charge
from leadline.people.signing.actions.throttling import TooManyTries
from tests.at_once import at_once

FREE = limits.for_password("rosa@example.com", "127.0.0.1")[0].free


def knock(client, password, email="rosa@example.com"):
    return client.post("/sign-in", {"email": email, "password": password})


def test_after_some_tries_the_right_password_has_to_wait_too_and_is_told_how_long(cast, later):
    for _guess in range(FREE):
        assert "do not fit" in knock(Client(), "guess").text

    response = knock(Client(), cast.password)

    assert response.status_code == 422
    assert "Too many attempts. Wait 5 seconds" in response.text
    assert knock(Client(), cast.password, "otto@example.com").status_code == 302
    with later(seconds=6):
        assert knock(Client(), cast.password).status_code == 302


def test_each_further_guess_doubles_the_wait_up_to_a_quarter_of_an_hour(cast, later, by):
    counted = limits.for_password("rosa@example.com", "127.0.0.1")[:1]
    waits = []
    for step in range(14):
        with later(hours=0, minutes=16 * step):
            waits.append(charge(counted, by=by(None)))

    assert waits[FREE - 2 : FREE + 3] == [0, 5, 10, 20, 40]
    assert waits[-1] == 15 * 60


def test_strangers_who_guess_do_not_keep_the_owner_out_of_a_known_browser(cast):
    own = Client()
    knock(own, cast.password)
    own.post("/sign-out")
    for number in range(30):
        knock(Client(REMOTE_ADDR=f"203.0.113.{number}"), "guess")

    assert "Too many attempts" in knock(Client(REMOTE_ADDR="203.0.113.99"), cast.password).text
    assert knock(own, cast.password).status_code == 302


def test_a_known_browser_has_a_limit_of_its_own(cast):
    own = Client()
    knock(own, cast.password)
    own.post("/sign-out")

    answers = [knock(own, "guess").text for _guess in range(9)]

    assert "Too many attempts" in answers[-1]


def test_one_address_that_tries_everybody_is_slowed_down(cast):
    answers = [knock(Client(), "guess", f"nobody{number}@example.com").text for number in range(61)]

    assert "do not fit" in answers[59]
    assert "Too many attempts" in answers[60]


def test_a_thousand_at_once_are_no_way_round_the_limit(transactional_db, cast, by):
    counted = limits.for_password("rosa@example.com", "127.0.0.1")[:1]

    def guess(_number=None):
        try:
            charge(counted, by=by(None))
        except TooManyTries:
            return False
        return True

    taken = at_once(*[guess] * 8)

    assert sum(bool(one) for one in taken) <= FREE


def test_each_failure_of_a_person_is_told_and_those_of_strangers_in_powers_of_two(cast, settle, told):
    knock(Client(), "guess")
    for number in range(9):
        knock(Client(), "guess", f"nobody{number}@example.com")
    settle()

    assert told().count("SignInFailed") == 1
    tries = EventRecord.objects.filter(name="people.UnknownSignInsFailed").order_by("id")
    assert [event.payload["tries"] for event in tries] == [1, 2, 4, 8]
