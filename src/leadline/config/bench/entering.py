"""Letting people and programs in: signing in by password, and what a token costs a request."""

import secrets
from typing import Any

from django.http import HttpRequest
from django.test import Client, RequestFactory

from leadline.api.authentication import BearerToken
from leadline.config.bench.data import Data
from leadline.config.bench.registry import Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.core.actions import Actor
from leadline.people.actions import add_user, create_token, deprovision_user
from leadline.people.models import User


@row("Sign in by password", Goal(400), changes_data=True)
def sign_in(data: Data) -> dict[str, Measured]:
    """The form sent by a browser that was never here, Argon2 included."""
    password, by = secrets.token_urlsafe(24), Actor(data.administrator)
    email = f"bench-{secrets.token_hex(6)}@example.com"
    user = add_user(email=email, name="Benchmark", roles=["inside-sales"], password=password, by=by)
    found = measured([_sending(email, password)], min(data.times, 15))
    deprovision_user(user, by=by)
    return {"right password": found}


@row("A token's share of a request", Goal(2), changes_data=True)
def token(data: Data) -> dict[str, Measured]:
    """Finding the token and its user, counting against the limit, checking scopes: before the operation."""
    user = data.people["rep"]
    secret = create_token(user, name="bench", days=1, by=Actor(user))
    request = RequestFactory().get("/api/v1/customers", headers={"Authorization": f"Bearer {secret}"})
    return {"found, counted, scopes checked": measured([lambda: _let_in(request)], data.times)}


def _sending(email: str, password: str) -> Any:
    def send() -> None:
        browser = Client(headers={"host": "localhost"})
        answer = browser.post("/sign-in", {"email": email, "password": password})
        if answer.status_code != 302:
            raise RuntimeError(f"signing in answered {answer.status_code}")

    return send


def _let_in(request: HttpRequest) -> User:
    return BearerToken()(request)
