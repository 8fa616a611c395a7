"""An order is offered once its indexes are whole; a build that was killed goes on (CUS-4, CUS-21)."""

import pytest
from django.db import connection

from leadline.core.actions import Actor
from leadline.core.custom import indexing
from leadline.core.custom.actions import archive_field, change_field, make_field
from leadline.core.custom.joining import forget_fields
from leadline.core.custom.models import CustomField
from leadline.core.fields import catalogue


def names(definition):
    return sorted(name.rsplit("_", 1)[1] for name in indexing.present_indexes(definition))


@pytest.mark.django_db
def test_the_order_is_offered_once_the_indexes_are_there(cast, as_, make, settle):
    by = Actor(cast.ada)
    size = make_field("customer", label="Size", kind="number", sortable=True, by=by)
    assert not catalogue("customer").by_name["x_size"].sortable
    settle()
    for number in (30, 4, 200):
        make.customer(cast.rosa, x_size=number)
    make.customer(cast.rosa)
    assert names(size) == ["all", "owner", "team", "territory"]
    for person in (cast.rosa, cast.mira, cast.ada):
        ask = as_(person).get
        rows = ask("/api/v1/customers?sort=x_size&fields=x_size").json()["data"]
        assert [row["x_size"] for row in rows] == [4, 30, 200, None]
        first = ask("/api/v1/customers?sort=-x_size&fields=x_size&limit=2").json()
        rest = ask(f"/api/v1/customers?sort=-x_size&fields=x_size&cursor={first['next']}").json()
        assert [row["x_size"] for row in [*first["data"], *rest["data"]]] == [200, 30, 4, None]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["text", "money", "date", "choice", "yes_no", "email"])
def test_every_kind_that_can_be_sorted_is(cast, as_, make, settle, kind):
    values = {
        "text": ["émile", "Ann", "bob"], "money": ["10.00", "9.50", "100.00"],
        "date": ["2026-02-03", "2025-01-01", "2026-02-02"], "choice": ["b", "a", "c"],
        "yes_no": [True, False], "email": ["b@x.example", "a@x.example"],
    }  # fmt: skip
    choices = {"choices": ["a", "b", "c"]} if kind == "choice" else {}
    make_field("customer", label="Thing", kind=kind, sortable=True, **choices, by=Actor(cast.ada))
    settle()
    for value in values[kind]:
        make.customer(cast.rosa, x_thing=value)
    rows = as_(cast.rosa).get("/api/v1/customers?sort=x_thing&fields=x_thing&limit=1")
    assert rows.status_code == 200
    wanted = {"text": "Ann", "money": "9.50", "date": "2025-01-01", "choice": "a", "yes_no": False}
    assert rows.json()["data"][0]["x_thing"] == wanted.get(kind, "a@x.example")
    on = as_(cast.rosa).get(f"/api/v1/customers?sort=x_thing&fields=x_thing&cursor={rows.json()['next']}")
    assert on.status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_build_that_was_killed_goes_on_beside_others_who_write(cast, make, settle):
    by = Actor(cast.ada)
    size = make_field("customer", label="Size", kind="number", sortable=True, by=by)
    make.customer(cast.rosa, x_size=1)
    first = indexing.wanted_indexes(size, catalogue("customer"))[0]
    # As a worker leaves it that died while it built: an index that nobody marked as whole.
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX {first.name} ON customers_customer {first.definition}")
    settle()
    assert names(size) == ["all", "owner", "team", "territory"]
    assert set(indexing.present_indexes(size).values()) == {CustomField.objects.get().indexed_as}
    forget_fields()
    assert catalogue("customer").by_name["x_size"].sortable
    change_field(size, is_key=True, by=by)
    settle()
    assert names(size) == ["all", "key", "owner", "team", "territory"]
    archive_field(size, by=by)
    settle()
    assert names(size) == []
    forget_fields(none=True)


@pytest.mark.django_db
def test_contacts_are_sorted_in_one_order_for_all(cast, as_, make, settle):
    by = Actor(cast.ada)
    rank = make_field("contact", label="Rank", kind="number", sortable=True, is_key=True, by=by)
    settle()
    assert names(rank) == ["all", "key"]
    customer = make.customer(cast.rosa)
    for number in (3, 1, 2):
        make.contact(customer, x_rank=number)
    rows = as_(cast.rosa).get("/api/v1/contacts?sort=x_rank&fields=x_rank").json()["data"]
    assert [row["x_rank"] for row in rows] == [1, 2, 3]
