"""Pairs, what is said of them, and the rules, by a program (CUS-22)."""

import pytest

from leadline.api.tests.conftest import errors_of
from leadline.duplicates.models import Pair


@pytest.fixture
def pair(cast, make, program, settle):
    """Two customers of Rosa with one e-mail, found by a scan that a program started."""
    one = make.customer(cast.rosa, name="Alpha", email="same@acme.co.id")
    other = make.customer(cast.rosa, name="Beta", email="same@acme.co.id")
    started = program(cast.ada).post("duplicates/scan", {"full": True})
    assert (started.status_code, started.json()["state"]) == (202, "waiting")
    settle()
    return one, other


def test_pairs_are_listed_dismissed_and_taken_back(cast, program, pair):
    rosa = program(cast.rosa)
    (found,) = rosa.get("duplicates").json()["data"]
    assert found["score"] == 95
    assert found["reasons"] == ["same e-mail"]
    assert {record["name"] for record in found["records"]} == {"Alpha", "Beta"}

    assert rosa.post(f"duplicates/{found['id']}/dismiss").json()["id"] == found["id"]
    assert rosa.get("duplicates").json()["data"] == []
    assert len(rosa.get("duplicates", {"dismissed": "1"}).json()["data"]) == 1
    rosa.post(f"duplicates/{found['id']}/take-back")
    assert len(rosa.get("duplicates", {"record": pair[0].pk, "least": 90}).json()["data"]) == 1
    assert rosa.get("duplicates", {"reason": "phone"}).json()["data"] == []


@pytest.mark.parametrize(
    "asked",
    [
        *({"kind": "deal"}, {"least": "101"}, {"least": "many"}, {"reason": "elsewhere"}, {"owner": "x"}),
        *({"dismissed": "yes"}, {"limit": "0"}, {"cursor": "1.2"}, {"sort": "score"}),
    ],
)
def test_what_is_not_understood_is_refused_by_name(cast, program, asked):
    assert set(errors_of(program(cast.rosa).get("duplicates", asked))) == set(asked)


def test_pairs_come_in_pages(cast, make, program, settle):
    for name in ("Alpha", "Beta", "Gamma"):
        make.customer(cast.rosa, name=name, email="same@acme.co.id")
    program(cast.ada).post("duplicates/scan")
    settle()

    first = program(cast.rosa).get("duplicates", {"limit": 2}).json()
    second = program(cast.rosa).get("duplicates", {"limit": 2, "cursor": first["next"]}).json()

    assert (len(first["data"]), first["count"]) == (2, {"value": 2, "exact": False})
    assert (len(second["data"]), second["next"]) == (1, None)


def test_pairs_of_others_are_not_there(cast, program, pair):
    key = Pair.objects.get().pk

    assert program(cast.otto).get("duplicates").json()["data"] == []
    assert program(cast.otto).post(f"duplicates/{key}/dismiss").status_code == 404
    assert program(cast.sam).post(f"duplicates/{key}/dismiss").status_code == 403


def test_who_is_here_is_asked_before_adding(cast, program, pair, make):
    make.customer(cast.otto, name="Hidden Steel", email="h@hidden.co.id")
    rosa = program(cast.rosa)

    (like, _other) = rosa.post("duplicates/likely", {"email": "same@acme.co.id"}).json()["data"]
    (hidden,) = rosa.post("duplicates/likely", {"email": "h@hidden.co.id"}).json()["data"]

    assert (like["name"], like["reasons"]) == ("Alpha", ["same e-mail"])
    assert hidden == {"score": 95, "reasons": ["same e-mail"], "ask": None}


def test_rules_are_changed_and_put_back_by_an_administrator(cast, program, settle):
    ada = program(cast.ada)

    changed = ada.patch("duplicates/rules/customer", {"rules": {"phone": {"weight": 80}}}).json()
    refused = ada.patch("duplicates/rules/customer", {"rules": {"phone": {"weight": 180}, "no": {}}})

    assert changed["rules"]["phone"] == {"weight": 80, "least": 0, "installed": [70, 0]}
    assert set(errors_of(refused)) == {"phone", "no"}
    assert ada.post("duplicates/rules/customer/put-back").json()["rules"]["phone"]["weight"] == 70
    assert program(cast.rosa).get("duplicates/rules/customer").status_code == 403
    assert ada.get("duplicates/rules/deal").status_code == 404
