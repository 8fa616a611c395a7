"""Credited deposits count for whoever was the account manager then (PLT-6, PRF-2, WSP-6)."""

import re

import pytest

from leadline.api.tests.conftest import program
from leadline.automation.models import Credit
from leadline.automation.tests.conftest import PAID, event
from leadline.core.fields import Viewer
from leadline.core.metrics import answer_to, question_of
from leadline.customers.actions import assign_customers

__all__ = ["program"]


@pytest.fixture
def passed_on(cast, make, told, settle, by):
    """Two deposits on existing accounts: Rosa's, whose customer is Otto's by now, and one of Otto's own."""
    customer = make.customer(cast.rosa, name="Ana Lines", email="ana@example.com")
    make.customer(cast.otto, name="Bo Waves", email="bo@example.com")
    told(event("deposit", email="ana@example.com", **PAID, account="existing"))
    told(event("deposit", user="u-2", email="bo@example.com", **{**PAID, "amount": "40"}, account="existing"))
    settle()
    assign_customers([customer.pk], owner=cast.otto, by=by(cast.lena))
    return customer


def told_of(user, name, **given):
    question = question_of(name, {"period": "today", **given}, user)
    return answer_to(question, Viewer(user=user))


def test_it_stays_with_whom_it_was_credited_to(cast, passed_on):
    by_person = told_of(cast.lena, "credited_deposits", by="user").figures
    amounts = told_of(cast.lena, "credited_amount", by="user").figures

    assert {each.label: each.value for each in by_person} == {"Rosa Ibarra": 1, "Otto Brandt": 1}
    assert {each.label: each.value for each in amounts} == {"Rosa Ibarra": 250, "Otto Brandt": 40}


def test_each_sees_what_counts_for_oneself_the_team_or_all(cast, passed_on):
    for user, deposits in ((cast.rosa, 1), (cast.otto, 1), (cast.mira, 1), (cast.lena, 2), (cast.ada, 2)):
        assert told_of(user, "credited_deposits").total.value == deposits
        assert Credit.objects.visible_to(user).count() == deposits


def test_the_figure_opens_its_deposits_and_names_customers_within_reach_alone(cast, as_, passed_on, program):
    figure = told_of(cast.rosa, "credited_deposits").total
    mine = as_(cast.rosa).get(figure.records).content.decode()
    all_of_them = as_(cast.lena).get("/credits/").content.decode()
    listed = program(cast.rosa).get("credits").json()["data"]

    assert "€250.00" in mine
    assert "Ana Lines" not in mine  # Otto's by now
    assert "Ana Lines" in all_of_them
    assert [(row["amount"], row["customer"]) for row in listed] == [("250.0000", None)]
    assert as_(cast.prue).get("/credits/").status_code == 403


def test_the_target_board_tells_it(cast, as_, passed_on):
    board = as_(cast.lena).get("/workspace/targets/wall").content.decode()

    assert re.search(r"Rosa Ibarra.*?€250", board, re.DOTALL)
