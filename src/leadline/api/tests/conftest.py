"""A program with a token, as the tests send it."""

import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from leadline.core.actions import Actor
from leadline.people.actions import create_token
from tests.cast import Make, kept_for_many, undone


class Program:
    """A program that acts as somebody, by a token; speaks JSON. `program("get", "customers")`."""

    def __init__(self, user: Any, **scopes: Any):
        self.user = user
        self.token = create_token(user, name="test", **scopes, by=Actor(user))
        self.client = Client(headers={"Authorization": f"Bearer {self.token}"}, raise_request_exception=False)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """An answer; a `body` is sent as JSON; headers by names with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        given: dict[str, Any] = {"headers": named}
        if body is not None:
            given["data"] = body if isinstance(body, bytes | str) else json.dumps(body)
            given["content_type"] = "application/json"
        return getattr(self.client, method)(f"/api/v1/{path}", **given)

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        """A GET with its parameters; a condition is given as it is."""
        shown = {
            key: json.dumps(value) if isinstance(value, dict) else value
            for key, value in (query or {}).items()
        }
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(f"/api/v1/{path}", shown, headers=named)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """A POST of JSON."""
        return self.send("post", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        """A PATCH of JSON."""
        return self.send("patch", path, body, **headers)


@pytest.fixture
def program(cast: Any) -> Callable[..., Program]:
    """`program(cast.rosa)`: a program with a token of Rosa; `scopes=["read"]` narrows it."""
    return Program


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """The cast, `make`, and a customer with a contact, made once for a module of many short tests."""
    with kept_for_many(django_db_blocker) as people:
        make = Make(people)
        customer = make.customer(people.ada)
        contact = make.contact(customer)
        yield SimpleNamespace(people=people, make=make, customer=customer, contact=contact)


@pytest.fixture
def ada(planted: SimpleNamespace) -> Iterator[Program]:
    """A program of the administrator, for whom all is there that was planted; what it does is taken back."""
    with undone():
        yield Program(planted.people.ada)


def errors_of(response: Any) -> dict[str, str]:
    """Field → message of a problem."""
    assert response.headers["Content-Type"] == "application/problem+json", response.content
    return {error["field"]: error["message"] for error in response.json()["errors"]}
