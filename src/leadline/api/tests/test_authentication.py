"""Who may come in: tokens with scopes and expiry, the browser's session with its CSRF token (INT-2)."""

from datetime import timedelta

import pytest
from django.test import Client

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.people.actions import revoke_token
from leadline.people.models import Token


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer ll_wrong",
        "Basic cm9zYTpyb3Nh",
        "Bearer \u00e4",
        "Bearer " + "x" * 5000,
    ],
)
def test_without_a_known_token_nothing_is_told(cast, header):
    answer = Client(headers={"Authorization": header} if header else {}).get("/api/v1/customers")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("how", ["expired", "revoked", "left"])
def test_a_token_that_no_longer_holds_lets_nobody_in(program, cast, how):
    rosa = program(cast.rosa)
    assert rosa.get("users/me").json()["email"] == "rosa@example.com"

    if how == "expired":
        Token.objects.update(expires_at=now() - timedelta(seconds=1))
    elif how == "revoked":
        revoke_token(Token.objects.get(), by=Actor(cast.rosa))
    else:
        cast.rosa.is_active = False
        cast.rosa.save()

    assert rosa.get("users/me").status_code == 401


def test_scopes_of_a_token_narrow_what_its_user_may(program, cast, make):
    customer = make.customer(cast.rosa)
    reading, writing = program(cast.rosa, scopes=["read"]), program(cast.rosa, scopes=["write"])

    assert reading.get(f"customers/{customer.pk}").status_code == 200
    assert reading.patch(f"customers/{customer.pk}", {"city": "Medan"}).status_code == 403
    assert writing.get(f"customers/{customer.pk}").status_code == 403
    assert writing.patch(f"customers/{customer.pk}", {"city": "Medan"}).status_code == 200


def test_the_day_of_a_tokens_last_use_is_written_once_a_day(program, cast, django_assert_num_queries):
    rosa = program(cast.rosa)
    rosa.get("roles")
    assert Token.objects.get().last_used_on == now().date()

    with django_assert_num_queries(3):  # token and user, rows, count
        rosa.get("roles")


def test_a_browser_reads_by_its_session_and_writes_only_with_its_csrf_token(as_, cast, make):
    customer = make.customer(cast.rosa)
    browser = as_(cast.rosa)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    path = f"/api/v1/customers/{customer.pk}"

    assert strict.get(path).status_code == 200
    forged = strict.patch(path, {"city": "Medan"}, content_type="application/json")
    assert (forged.status_code, forged.headers["Content-Type"]) == (403, "application/problem+json")
    strict.cookies["csrftoken"] = "a" * 32
    real = strict.patch(
        path, {"city": "Medan"}, content_type="application/json", headers={"X-CSRFToken": "a" * 32}
    )
    assert real.status_code == 200, real.content


def test_words_come_in_the_language_of_the_person(program, cast):
    cast.rosa.language = "id"
    cast.rosa.save()

    answer = program(cast.rosa).post("customers", {})

    assert answer.headers["Content-Language"] in ("id", "en")
    assert answer.status_code == 422
