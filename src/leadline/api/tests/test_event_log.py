"""The event log: each event once and none missed, as far as one may see what it is about (INT-3, ALL-3)."""

import pytest

from leadline.api.tests.conftest import errors_of
from tests.ledger import all_told

pytestmark = pytest.mark.django_db(transaction=True)


def types_of(answer):
    assert answer.status_code == 200, answer.content
    return [
        (event["type"], [subject["id"] for subject in event["subjects"]]) for event in answer.json()["data"]
    ]


def test_a_program_follows_what_happens(program, cast, make):
    ada = program(cast.ada)
    all_told()
    place = ada.get("event-log", {"after": "now"}).json()["next"]
    one, two = make.customer(cast.rosa), make.customer(cast.otto)
    all_told()

    first = ada.get("event-log", {"after": place, "limit": 1})
    second = ada.get("event-log", {"after": first.json()["next"]})

    assert types_of(first) == [("customers.CustomersAdded", [one.pk])]
    assert types_of(second)[0] == ("customers.CustomersAdded", [two.pk])
    assert types_of(ada.get("event-log", {"after": second.json()["next"]})) == []
    assert types_of(ada.get("event-log", {"after": place, "types": "customers.CustomersBlocked"})) == []


def test_each_hears_of_own_customers_only(program, cast, make):
    keys = ("rosa", "otto", "mira", "lena", "prue")
    programs = {key: program(getattr(cast, key)) for key in keys}
    all_told()
    place = program(cast.ada).get("event-log", {"after": "now"}).json()["next"]
    mine, others = make.customer(cast.rosa), make.customer(cast.otto)
    all_told()

    heard = {
        key: {
            subject
            for _type, subjects in types_of(programs[key].get("event-log", {"after": place}))
            for subject in subjects
        }
        for key in keys
    }

    assert heard == {
        "rosa": {mine.pk},
        "otto": {others.pk},
        "mira": {mine.pk},
        "lena": {mine.pk, others.pk},
        "prue": set(),
    }


def test_what_is_wrong_with_the_question_is_named(program, cast):
    rosa = program(cast.rosa)

    for query, field in (
        ({"after": "nonsense"}, "after"),
        ({"after": "OjE6MQ" * 30}, "after"),
        ({"types": "customers.Nothing"}, "types"),
        ({"limit": 0}, "limit"),
        ({"before": 1}, "before"),
    ):
        assert field in errors_of(rosa.get("event-log", query)), query


def test_the_kinds_of_events_are_listed_with_their_words(program, cast):
    kinds = program(cast.rosa).get("event-log/types").json()["data"]

    assert {"type": "customers.CustomersAdded", "wording": "added the customer"} in kinds
