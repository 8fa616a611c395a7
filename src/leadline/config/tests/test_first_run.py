"""The guided first run (INT-1)."""

import threading

import pytest
from django.db import connection
from django.test import Client

from leadline.core.organisation import Organisation, forget_organisation, organisation
from leadline.people.models import User

ANSWERS = {
    "name": "Plumb & Sons",
    "country": "ID",
    "currency": "IDR",
    "time_zone": "Asia/Jakarta",
    "language": "en",
}
ADA = {"name": "Ada Santoso", "email": "ada@example.com", "password": "a lead line of 20"}


@pytest.fixture
def nobody_yet(db):
    """A database as it comes from the installation."""
    assert not User.objects.active().exists()


def test_a_new_installation_leads_every_visitor_to_its_first_step(nobody_yet):
    for address in ("/", "/customers/", "/people"):
        assert Client().get(address)["Location"] == "/welcome/"


def test_from_the_first_step_to_a_working_administrator(nobody_yet):
    browser = Client()

    first = browser.post("/welcome/", ANSWERS)
    second = browser.post("/welcome/administrator", ADA)
    forget_organisation()

    ada = User.objects.active().get()
    assert first["Location"] == "/welcome/administrator"
    assert second["Location"] == "/welcome/data"
    assert ada.grants.roles == ("administrator",)
    assert organisation().name == "Plumb & Sons"
    assert organisation().time_zone == "Asia/Jakarta"
    assert "demo" in browser.get("/welcome/data").text
    assert browser.get("/people").status_code == 200


def test_a_weak_password_sets_nothing_up(nobody_yet):
    browser = Client()
    browser.post("/welcome/", ANSWERS)

    response = browser.post("/welcome/administrator", {**ADA, "password": "short"})

    assert response.status_code == 422
    assert "too short" in response.text
    assert not Organisation.objects.filter(set_up_at__isnull=False).exists()


def test_the_second_step_does_not_come_before_the_first(nobody_yet):
    assert Client().post("/welcome/administrator", ADA)["Location"] == "/welcome/"


def test_a_country_proposes_what_is_usual_there(nobody_yet):
    proposed = Client().get("/welcome/proposal?country=ID").text

    for value in ("IDR", "Asia/Jakarta", "id"):
        assert f'value="{value}" selected' in proposed
    assert Client().get("/welcome/proposal?country=nowhere").status_code == 200


def test_an_installation_that_is_set_up_has_no_first_run(cast, as_):
    for browser in (Client(), as_(cast.ada)):
        assert browser.get("/welcome/")["Location"] == "/"
        assert browser.post("/welcome/", ANSWERS)["Location"] == "/"
        assert browser.post("/welcome/administrator", ADA)["Location"] == "/"
    assert not User.objects.filter(name="Ada Santoso", email="intruder@example.com").exists()


def test_where_the_command_line_made_the_administrator_nobody_else_becomes_one(nobody_yet, by):
    from leadline.people import actions

    actions.add_user(**ADA, roles=["administrator"], by=by(User.objects.house(), via="cli"))

    assert Client().get("/welcome/")["Location"] == "/"
    assert Client().get("/people")["Location"] == "/sign-in?next=/people"


@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_at_once_one_sets_up_and_the_other_is_told():
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.post("/welcome/", ANSWERS)
    responses = []

    def finish(browser, email):
        responses.append(browser.post("/welcome/administrator", {**ADA, "email": email}))
        connection.close()

    both = [
        threading.Thread(target=finish, args=(one, f"ada{n}@example.com")) for n, one in enumerate(browsers)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert User.objects.active().count() == 1
    winner, loser = sorted(responses, key=lambda response: response.get("Location", "") != "/welcome/data")
    assert winner["Location"] == "/welcome/data"
    assert loser.status_code == 422 or loser["Location"] == "/"


def test_the_first_data_is_for_an_administrator_without_customers(cast, as_, make):
    assert as_(cast.rosa).get("/welcome/data")["Location"] == "/"
    assert as_(cast.ada).get("/welcome/data").status_code == 200
    assert as_(cast.ada).post("/welcome/data", {"begin": "import"})["Location"] == "/imports/start"
    assert as_(cast.ada).post("/welcome/data", {"begin": "empty"})["Location"] == "/"

    make.customer(cast.rosa)

    assert as_(cast.ada).post("/welcome/data", {"begin": "demo"})["Location"] == "/"


def test_demo_data_is_made_by_a_job_that_is_asked_for_once(cast, as_):
    browser = as_(cast.ada)

    begun = browser.post("/welcome/data", {"begin": "demo"})
    again = browser.post("/welcome/data", {"begin": "demo"})

    assert begun["Location"].startswith("/jobs/")
    assert again["Location"] == "/"
