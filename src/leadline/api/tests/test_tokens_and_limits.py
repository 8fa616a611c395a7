"""What a token may do, how long it holds, and how often it may be sent (INT-2)."""

from datetime import timedelta

import pytest

from leadline.api.scoping import token_scopes
from leadline.api.tests.conftest import errors_of
from leadline.api.v1 import api
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.people.actions import create_token
from leadline.people.models import Token, TokenUse


def test_every_part_of_the_api_can_be_chosen_as_a_scope():
    parts = {path.split("/")[3] for path in api.get_openapi_schema()["paths"]}
    scopes = {scope for scope, _words in token_scopes()}

    assert scopes == {
        "read",
        "write",
        "scim",
        *(f"{part}:{deed}" for part in parts for deed in ("read", "write")),
    }


@pytest.mark.parametrize(
    ("scopes", "reads_customers", "adds_customers", "reads_users"),
    [
        ([], 200, 201, 200),
        (["read"], 200, 403, 200),
        (["write"], 403, 201, 403),
        (["customers:read"], 200, 403, 403),
        (["customers:write"], 403, 201, 403),
        (["customers:read", "users:read"], 200, 403, 200),
        (["contacts:read"], 403, 403, 403),
        (["scim"], 403, 403, 403),
    ],
)
def test_a_token_does_what_its_scopes_say(
    program, cast, scopes, reads_customers, adds_customers, reads_users
):
    rosa = program(cast.rosa, scopes=scopes)

    assert rosa.get("customers").status_code == reads_customers
    added = rosa.post("customers", {"name": "Harbour", "email": "hello@harbour.example"})
    assert added.status_code == adds_customers
    assert rosa.get("users/me").status_code == reads_users


def test_a_token_ends_on_its_day(program, cast):
    rosa = program(cast.rosa, days=30)
    assert rosa.get("users/me").status_code == 200

    token = Token.objects.get()
    assert token.expires_at - now() <= timedelta(days=30)
    Token.objects.update(expires_at=now())
    assert rosa.get("users/me").status_code == 401


@pytest.mark.parametrize(
    "wrong", [{"scopes": ["Customers"]}, {"scopes": ["a:b"]}, {"days": 0}, {"days": 731}]
)
def test_what_a_token_can_not_be_is_refused(cast, wrong):
    with pytest.raises(RuleBroken):
        create_token(cast.rosa, **wrong, by=Actor(cast.rosa))


def test_each_answer_says_how_much_of_the_minute_is_left(program, cast, settings):
    settings.LEADLINE_API_RATE = 3
    rosa, mira = program(cast.rosa), program(cast.mira)

    left = [rosa.get("users/me").headers["RateLimit-Remaining"] for _ in range(3)]
    refused = rosa.get("users/me")

    assert left == ["2", "1", "0"]
    assert refused.status_code == 429
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["RateLimit-Limit"] == "3"
    assert mira.get("users/me").status_code == 200
    assert mira.get("customers/0").headers["RateLimit-Remaining"] == "1"

    TokenUse.objects.update(minute=now() - timedelta(minutes=2))
    assert rosa.get("users/me").headers["RateLimit-Remaining"] == "2"


def test_a_refused_request_changes_nothing(program, cast, settings):
    settings.LEADLINE_API_RATE = 0
    from leadline.customers.models import Customer

    assert program(cast.rosa).post("customers", {"name": "x", "email": "x@example.com"}).status_code == 429
    assert not Customer.objects.exists()


def test_on_the_page_a_token_is_narrowed_and_ends(as_, cast, client):
    rosa = as_(cast.rosa)

    made = rosa.post(
        "/me/tokens",
        {"name": "Nightly", "days": "30", "scopes": ["customers:read"]},
        headers={"HX-Request": "true"},
    )

    assert made.status_code == 200, made.content
    token = Token.objects.get()
    assert token.scopes == ["customers:read"]
    assert token.expires_at is not None
    assert "customers:read" in made.content.decode()
    wrong = rosa.post("/me/tokens", {"name": "x", "scopes": ["everything"]}, headers={"HX-Request": "true"})
    assert wrong.status_code == 422


def test_a_request_by_token_costs_few_queries(program, cast, django_assert_max_num_queries):
    rosa = program(cast.rosa)
    rosa.get("users/me")

    with django_assert_max_num_queries(9):
        rosa.get("users/me")


def test_errors_name_the_scope(program, cast):
    refused = program(cast.rosa, scopes=["read"]).post("customers", {"name": "x"})

    assert "read" in refused.json()["detail"]
    assert errors_of(refused) == {}
