"""Customers through the API: every operation, its refusals, and who sees what (ALL-3, ALL-10, INT-2)."""

import pytest

from leadline.api.tests.conftest import errors_of


def test_a_customer_is_added_by_name_and_email_and_found_where_the_answer_says(program, cast):
    rosa = program(cast.rosa)

    added = rosa.post(
        "customers", {"name": "Harbour", "email": "HELLO@Harbour.example", "phone": "0812 345 6789"}
    )

    assert added.status_code == 201, added.content
    body = added.json()
    assert added.headers["Location"] == f"/api/v1/customers/{body['id']}"
    assert body["email"] == "hello@harbour.example"
    assert body["phone"] == "+628123456789"
    assert body["owner"] == {"id": cast.rosa.pk, "email": "rosa@example.com", "name": "Rosa Ibarra"}
    assert body["created_at"].endswith("Z")
    assert rosa.get(f"customers/{body['id']}").json() == body


def test_what_is_missing_or_wrong_is_named_with_its_value(program, cast):
    refused = program(cast.rosa).post(
        "customers", {"name": "", "email": "no address", "tier": "9", "status": "x"}
    )

    assert refused.status_code == 422
    assert set(errors_of(refused)) >= {"email", "tier", "status"}
    values = {error["field"]: error["value"] for error in refused.json()["errors"]}
    assert values["email"] == "no address"


@pytest.mark.parametrize(
    "field", ["id", "created_at", "version", "archived_at", "team", "blocked", "owner_id", "x"]
)
def test_a_field_that_cannot_be_set_is_refused_by_name_and_nothing_is_written(program, cast, make, field):
    customer = make.customer(cast.rosa)
    rosa = program(cast.rosa)

    for refused in (
        rosa.post("customers", {"name": "A", "email": "a@example.com", field: 1}),
        rosa.patch(f"customers/{customer.pk}", {"city": "Bandung", field: 1}),
    ):
        assert refused.status_code == 422
        assert set(errors_of(refused)) == {field}
    customer.refresh_from_db()
    assert customer.city == ""


def test_a_change_keeps_what_was_not_given_and_empties_what_was_given_empty(program, cast, make):
    customer = make.customer(cast.rosa, city="Jakarta", industry="Fishing")

    changed = program(cast.rosa).patch(f"customers/{customer.pk}", {"city": "", "tier": 1})

    assert changed.status_code == 200, changed.content
    assert (changed.json()["city"], changed.json()["industry"], changed.json()["tier"]) == ("", "Fishing", 1)


VERBS = [
    ("block", {"reason": "Unpaid"}, "blocked", True),
    ("activate", {}, "status", "active"),
    ("deactivate", {}, "status", "inactive"),
    ("status", {"status": "churned"}, "status", "churned"),
    ("archive", {}, "archived", True),
]


@pytest.mark.parametrize(("verb", "answers", "field", "value"), VERBS)
def test_each_verb_does_what_its_page_does(program, cast, make, verb, answers, field, value):
    customer = make.customer(cast.rosa)

    done = program(cast.rosa).post(f"customers/{customer.pk}/{verb}", answers)

    assert done.status_code == 200, done.content
    assert done.json()[field] == value
    again = program(cast.mira).post(f"customers/{customer.pk}/{verb}", answers)
    assert again.status_code in (200, 422)


def test_blocking_needs_a_reason_and_unblocking_what_is_not_blocked_is_refused(program, cast, make):
    customer = make.customer(cast.rosa)
    rosa = program(cast.rosa)

    assert "reason" in errors_of(rosa.post(f"customers/{customer.pk}/block", {"reason": "  "}))
    assert rosa.post(f"customers/{customer.pk}/unblock").status_code in (403, 422)
    assert rosa.post(f"customers/{customer.pk}/block", {"reason": "Unpaid"}).status_code == 200
    assert rosa.post(f"customers/{customer.pk}/unblock").json()["blocked"] is False


def test_an_archived_customer_is_restored_and_meanwhile_not_listed(program, cast, make):
    customer = make.customer(cast.rosa)
    rosa = program(cast.rosa)

    rosa.post(f"customers/{customer.pk}/archive")
    assert rosa.get("customers").json()["data"] == []
    assert [row["id"] for row in rosa.get("customers?archived=only").json()["data"]] == [customer.pk]
    assert rosa.post(f"customers/{customer.pk}/restore").json()["archived"] is False


def test_a_manager_hands_a_customer_over_by_email_or_id_and_a_seller_may_not(program, cast, make):
    customer = make.customer(cast.rosa)
    mira, rosa = program(cast.mira), program(cast.rosa)

    assert rosa.post(f"customers/{customer.pk}/assign", {"owner": cast.otto.pk}).status_code in (403, 422)
    handed = mira.post(f"customers/{customer.pk}/assign", {"owner": "MIRA@example.com"})
    assert handed.status_code == 200, handed.content
    assert handed.json()["owner"]["id"] == cast.mira.pk
    assert rosa.get(f"customers/{customer.pk}").status_code == 404
    assert "owner" in errors_of(mira.post(f"customers/{customer.pk}/assign", {"owner": "nobody@example.com"}))
    assert "owner" in errors_of(mira.post(f"customers/{customer.pk}/assign", {}))
    assert "owner" in errors_of(mira.post(f"customers/{customer.pk}/assign", {"owner": cast.otto.pk}))


def test_who_may_not_is_told_why_and_who_can_help(program, cast, make):
    customer = make.customer(cast.rosa)

    refused = program(cast.sam).patch(f"customers/{customer.pk}", {"city": "Bandung"})

    assert refused.status_code == 403
    assert refused.json()["detail"]
    assert "who_can_help" in refused.json()


def test_the_history_and_the_timeline_tell_what_was_done_through_this_door(program, cast, make):
    customer = make.customer(cast.rosa)
    make.note(customer)
    make.activity(customer)
    rosa = program(cast.rosa)
    rosa.patch(f"customers/{customer.pk}", {"city": "Bandung"})

    entry = rosa.get(f"customers/{customer.pk}/history?limit=1").json()
    assert entry["data"][0]["who"] == "Rosa Ibarra"
    assert entry["data"][0]["door"] == "API"
    assert entry["data"][0]["changes"] == [{"field": "city", "label": "City", "old": "", "new": "Bandung"}]
    assert entry["next"]
    older = rosa.get(f"customers/{customer.pk}/history", {"cursor": entry["next"]}).json()
    assert entry["data"][0]["id"] not in [row["id"] for row in older["data"]]

    page = rosa.get(f"customers/{customer.pk}/timeline?limit=1").json()
    rest = rosa.get(f"customers/{customer.pk}/timeline", {"cursor": page["next"]}).json()
    assert sorted(row["kind"] for row in page["data"] + rest["data"]) == ["activity", "note"]
    only_notes = rosa.get(f"customers/{customer.pk}/timeline?kind=note").json()["data"]
    assert only_notes[0]["note"]["author"]["email"] == "ada@example.com"
