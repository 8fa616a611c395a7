"""What the attacks have in common: every address of the house, and somebody who may everything."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from leadline.api.tests.conftest import Program


@dataclass(frozen=True)
class Route:
    """An address of a page, found by itself, with the names of what stands in it."""

    pattern: str
    view: Any
    names: tuple[str, ...]

    def address(self, key: Any = 1) -> str:
        """The address with the key in each open place."""
        address = self.pattern
        for _name in self.names:
            start, _sign, rest = address.partition("<")
            _inside, _sign, end = rest.partition(">")
            address = f"{start}{key}{end}"
        return f"/{address}"


@cache
def routes() -> tuple[Route, ...]:
    """Every address but those for programs, which take no cookie and have tests of their own."""
    return tuple(_found(get_resolver().url_patterns))


def _found(patterns: Any, before: str = "") -> Iterator[Route]:
    for each in patterns:
        route = before + str(each.pattern)
        if not isinstance(each, URLPattern):
            yield from _found(each.url_patterns, route)
        elif not route.startswith(("api/", "scim/", "static/")):
            yield Route(route, each.callback, tuple(each.pattern.converters) or _names(route))


def _names(route: str) -> tuple[str, ...]:
    return tuple(part.partition(">")[0] for part in route.split("<")[1:])


@pytest.fixture
def ada(cast: Any, as_: Any) -> Client:
    """The administrator's browser; a fault of ours is an answer, as it would be outside."""
    browser = as_(cast.ada)
    browser.raise_request_exception = False
    return browser


@pytest.fixture
def key(cast: Any, make: Any) -> int:
    """The key of a customer that has something of everything."""
    customer = make.customer(cast.rosa)
    make.contact(customer)
    make.note(customer)
    make.activity(customer)
    return customer.pk


@pytest.fixture
def fresh(as_: Any) -> Any:
    """`fresh(cast.rosa, route, key, fields)`: a form sent from a browser that nobody signed out before."""

    def sent(user: Any, route: Route, key: Any, fields: dict[str, Any]) -> Any:
        browser = as_(user)
        browser.raise_request_exception = False
        return browser.post(route.address(key), fields)

    return sent


@pytest.fixture
def program(cast: Any) -> type[Program]:
    """`program(cast.rosa)`: a program with a token of Rosa."""
    return Program
