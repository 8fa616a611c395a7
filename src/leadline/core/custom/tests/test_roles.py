"""A field that a role may not see is unknown to it, through every door (CUS-21, ALL-3)."""

import json

import pytest

from leadline.core.actions import Actor
from leadline.core.custom.actions import make_field
from leadline.core.history import history_of
from leadline.core.lists.export.running import exporting_of
from leadline.core.lists.selection import Selection
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.customers.actions import edit_customer

pytestmark = pytest.mark.django_db
WHERE = json.dumps({"field": "x_margin", "op": "at_least", "value": 1})


@pytest.fixture
def margin(cast):
    return make_field("customer", label="Margin", kind="number", seen_by=["finance"], by=Actor(cast.ada))


def test_it_is_unknown_to_who_may_not_see_it(cast, as_, make, margin):
    customer = make.customer(cast.rosa, x_margin=7)
    edit_customer(customer, x_margin=8, by=Actor(cast.ada))
    rosa = as_(cast.rosa)
    for address in (
        f"/customers/{customer.pk}/",
        f"/customers/{customer.pk}/edit",
        f"/customers/{customer.pk}/history",
        "/customers/filter",
        "/customers/columns",
    ):
        assert "Margin" not in rosa.get(address).content.decode(), address
    for asked in ("columns=name,x_margin", f"where={WHERE}", "sort=x_margin"):
        assert "There is no field" in rosa.get(f"/customers/?{asked}").content.decode()
    for asked in ("fields=x_margin", f"where={WHERE}", "sort=x_margin"):
        assert rosa.get(f"/api/v1/customers?{asked}").status_code == 422
    assert "x_margin" not in rosa.get(f"/api/v1/customers/{customer.pk}").json()
    assert "x_margin" not in {each["name"] for each in rosa.get("/api/v1/fields").json()["data"]}
    assert "x_margin" not in rosa.get("/api/v1/openapi.json").content.decode()
    assert not any(
        "Margin" in str(entry) for entry in history_of("customer", customer.pk, viewer=cast.rosa).entries
    )
    with pytest.raises(RulesBroken, match="There is no field"):
        edit_customer(customer, x_margin=9, by=Actor(cast.rosa))
    with pytest.raises(RuleBroken, match="There is no field"):
        exporting_of(Selection("customer"), ["x_margin"], Actor(cast.rosa))


def test_who_may_see_it_does(cast, as_, make, margin):
    customer = make.customer(cast.rosa, x_margin=7)
    for person in (cast.fina, cast.ada):
        assert as_(person).get(f"/api/v1/customers/{customer.pk}").json()["x_margin"] == 7
        assert "x_margin" in as_(person).get("/api/v1/openapi.json").content.decode()
        page = as_(person).get(f"/customers/{customer.pk}/")
        assert (page.status_code, "Margin" in page.content.decode()) == (200, True)
    found = as_(cast.fina).get(f"/api/v1/customers?where={WHERE}&fields=x_margin").json()["data"]
    assert found == [{"id": customer.pk, "x_margin": 7}]


def test_who_may_see_and_not_set_it_is_told_so(cast, as_, make):
    make_field("customer", label="Risk", kind="text", set_by=["finance"], by=Actor(cast.ada))
    customer = make.customer(cast.rosa, x_risk="AA")
    rosa = as_(cast.rosa)
    assert "AA" in rosa.get(f"/customers/{customer.pk}/").content.decode()
    assert "x_risk" not in rosa.get(f"/customers/{customer.pk}/edit").content.decode()
    answer = rosa.patch(f"/api/v1/customers/{customer.pk}", {"x_risk": "B"}, content_type="application/json")
    assert answer.status_code == 422
    assert "Your role can't set" in answer.json()["errors"][0]["message"]
