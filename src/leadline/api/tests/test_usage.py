"""A program reads how customers use the platform, and names capabilities (ALL-10, PLT-7, PLN-2)."""

import pytest

from leadline.core.clock import now
from leadline.platform.actions import ingest_events
from leadline.platform.tests.conftest import event
from leadline.platform.usage import bring_up_to_date

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(cast, make, by):
    """A customer of Rosa who is there, and uses something of which she has 5."""
    customer = make.customer(cast.rosa, email="ana@example.com")
    its = {"email": "ana@example.com"}
    rows = [
        event("logged_in", **its),
        event("feature_used", capability="active_listings", amount="4", **its),
        event("logged_in", ago=60 * 24 * 3, **its),
    ]
    ingest_events(rows, by=by(cast.ada, via="api"))
    bring_up_to_date(by=by(cast.house, via="job"))
    return customer


def test_a_customers_usage(ana, cast, program):
    rosa = program(cast.rosa)
    told = rosa.get(f"customers/{ana.pk}/usage").json()
    today = now().date()
    one = rosa.get(f"customers/{ana.pk}/usage", {"from": str(today), "to": str(today)}).json()

    assert len(told["days"]) == 30
    assert told["totals"]["logins"] == 2
    assert told["days"][-1]["day"] == told["to"] == str(today)
    assert (one["totals"]["logins"], len(one["days"]), one["before"]["logins"]) == (1, 1, 0)
    assert told["features"] == [
        {
            "capability": "active_listings",
            "name": "Active listings",
            "kind": "quantity",
            "used": 4,
            "last_month": 0,
            "limit": 5,
            "state": "near",
            "times": 1,
            "users": 1,
            "last_on": str(today),
        }
    ]
    assert program(cast.otto).get(f"customers/{ana.pk}/usage").status_code == 404


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"from": "0001-01-01"}, "from"),
        ({"to": "9999-12-31"}, "to"),
        ({"from": "2026-02-01", "to": "2026-01-01"}, "from"),
        ({"from": "2020-01-01"}, "from"),
        ({"since": "2020-01-01"}, "since"),
    ],
)
def test_days_that_none_can_mean_are_refused(ana, cast, program, asked, field):
    refused = program(cast.rosa).get(f"customers/{ana.pk}/usage", asked)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field


def test_utilisation_and_the_uses_behind_it(ana, cast, program):
    for who, count in ((cast.rosa, 1), (cast.mira, 1), (cast.otto, 0), (cast.aud, 1)):
        asker = program(who)
        told = asker.get("usage/features", {"kind": "quantity", "sort": "near"}).json()
        line = next(line for line in told["features"] if line["capability"] == "active_listings")
        behind = asker.get("usage", {"where": line["where"], "count": "exact"}).json()

        assert (line["customers"], line["near"]) == (count, count)
        assert behind["count"]["value"] == count
        assert told["customers"] == count
    use = behind["data"][0]
    assert (use["customer"]["id"], use["capability"]["name"]) == (ana.pk, "Active listings")
    assert (use["used"], use["limit"], use["state"]) == (4, 5, "near")
    assert program(cast.prue).get("usage/features").status_code == 403
    wrong = program(cast.rosa).get("usage/features", {"kind": "endless"})
    assert wrong.json()["errors"][0]["field"] == "kind"


def test_capabilities(cast, program):
    ada, rosa = program(cast.ada), program(cast.rosa)
    made = ada.post("capabilities", {"name": "Video tours", "kind": "metered", "default_limit": "2"})
    address = f"capabilities/{made.json()['id']}"
    wrong = ada.post("capabilities", {"name": "x", "kind": "metered", "default_limit": "many"})

    assert made.status_code == 201
    assert (made.json()["key"], made.json()["default_limit"]) == ("video_tours", 2)
    assert wrong.json()["errors"][0]["field"] == "default_limit"
    assert rosa.get(address).json()["name"] == "Video tours"
    assert rosa.patch(address, {"default_limit": "5"}).status_code == 403
    assert ada.patch(address, {"default_limit": None}, If_Match=made["ETag"]).json()["default_limit"] is None
    assert ada.patch(address, {"default_limit": 3}, If_Match=made["ETag"]).status_code in (409, 412)
    assert ada.post(f"{address}/retire").json()["retired_at"]
    assert ada.post(f"{address}/restore").json()["retired_at"] is None
    assert len(rosa.get("capabilities").json()["data"]) == 14
