"""Users: let in, changed, let go (PPL-1, PPL-2)."""

import threading

import pytest
from django.db import connection

from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.people import actions
from leadline.people.models import User


def changed(user, *, by, roles, **more):
    """Change a user and keep the rest as it is."""
    return actions.change_user(
        user,
        **{"name": user.name, "team": user.team, "roles": roles, "is_active": user.is_active, **more},
        by=by,
    )


def test_ada_lets_a_colleague_in_by_the_page(cast, as_):
    answers = {
        "name": "Nils Berg",
        "email": "Nils@Example.com",
        "password": "a long enough one",
        "roles": ["inside-sales", "field-sales"],
        "team": cast.south.pk,
    }
    response = as_(cast.ada).post("/people/add", answers)

    nils = User.objects.get(email="nils@example.com")
    assert response["Location"] == "/people"
    assert nils.team == cast.south
    assert nils.check_password("a long enough one")
    assert sorted(nils.grants.roles) == ["field-sales", "inside-sales"]


def test_a_form_that_says_no_keeps_what_was_typed_but_the_password(cast, as_):
    answers = {
        "name": "Nils",
        "email": "ROSA@example.com",
        "password": "a long enough one",
        "roles": ["inside-sales"],
    }
    response = as_(cast.ada).post("/people/add", answers)

    assert response.status_code == 422
    assert "Somebody already signs in with this e-mail." in response.text
    assert 'value="Nils"' in response.text
    assert "a long enough one" not in response.text


@pytest.mark.parametrize("weak", ["short", "password123", "rosa.ibarra1"])
def test_weak_passwords_are_refused_in_words(cast, by, weak):
    with pytest.raises(RuleBroken) as refusal:
        actions.set_user_password(cast.rosa, password=weak, by=by(cast.ada))

    assert refusal.value.field == "password"


def test_only_administrators_manage_people(cast, by, as_):
    for person in (cast.rosa, cast.mira, cast.aud):
        with pytest.raises(NotAllowed):
            changed(cast.otto, roles=["administrator"], by=by(person))
        assert as_(person).get("/people/add").status_code == 403
        assert as_(person).get(f"/people/{cast.otto.pk}").status_code == 403
        assert as_(person).get("/people").status_code == 200


def test_colleagues_see_a_list_without_ways_to_change_it(cast, as_):
    page = as_(cast.rosa).get("/people").text

    assert "Otto Brandt" in page
    assert "/people/add" not in page
    assert cast.house.email not in page


def test_the_list_is_found_through_and_hides_who_left(cast, by, as_):
    changed(cast.otto, roles=["inside-sales"], is_active=False, by=by(cast.ada))
    browser = as_(cast.ada)

    assert "Otto Brandt" not in browser.get("/people").text
    assert "Otto Brandt" in browser.get("/people?left=1").text
    found = browser.get("/people?q=north").text
    assert "Rosa Ibarra" in found
    assert "Lena Sari" not in found


def test_the_list_asks_as_much_for_many_as_for_few(cast, as_, django_assert_max_num_queries):
    browser = as_(cast.ada)
    with django_assert_max_num_queries(9):
        browser.get("/people?left=1")


def test_the_last_administrator_stays_one(cast, by):
    with pytest.raises(RuleBroken, match="last administrator"):
        changed(cast.ada, roles=["inside-sales"], by=by(cast.ada))
    with pytest.raises(RuleBroken, match="last administrator"):
        changed(cast.ada, roles=["administrator"], is_active=False, by=by(cast.ada))

    assert User.objects.get(pk=cast.ada.pk).is_active


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_let_each_other_go_at_once_one_stays(cast, by):
    changed(cast.lena, roles=["administrator"], by=by(cast.ada))
    refused = []

    def let_go(whom, actor):
        try:
            changed(whom, roles=["administrator"], is_active=False, by=by(actor))
        except RuleBroken as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    pairs = [(cast.ada, cast.lena), (cast.lena, cast.ada)]
    both = [threading.Thread(target=let_go, args=pair) for pair in pairs]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len(refused) == 1
    assert User.objects.active().filter(roles__key="administrator").count() == 1


def test_what_rosa_owns_moves_with_her_to_another_team(cast, by, make, settle):
    customer = make.customer(cast.rosa)

    changed(cast.rosa, roles=["inside-sales"], team=cast.south, by=by(cast.ada))
    settle()

    customer.refresh_from_db()
    assert customer.team == cast.south
    assert customer.pulse.team_id == cast.south.pk


def test_a_new_password_signs_out_everywhere(cast, by, as_):
    browser = as_(cast.rosa)

    actions.set_user_password(cast.rosa, password="a quite different one", by=by(cast.ada))

    assert browser.get("/me").status_code == 302
