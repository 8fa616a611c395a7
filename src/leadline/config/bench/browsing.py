"""A browser without a network: Django's own handler with every middleware, signed in as somebody."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from leadline.people.models import User
from leadline.people.signing.entering import session_cookie


@cache
def browser_of(user_id: int) -> Client:
    """A browser in which this person is signed in; CSRF is checked as for any browser."""
    browser = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    browser.cookies[settings.SESSION_COOKIE_NAME] = session_cookie(User.objects.get(pk=user_id))
    return browser


def fetch(user: User, address: str) -> Callable[[], HttpResponse]:
    """Work that gets a page, which must be there."""
    browser = browser_of(user.pk)

    def get() -> Any:
        response = browser.get(address)
        if response.status_code not in (200, 204):
            raise RuntimeError(f"{address} answered {response.status_code}")
        return response

    return get


def send(user: User, address: str, answers: dict[str, Any]) -> Callable[[], HttpResponse]:
    """Work that sends a form as htmx does, which must be taken."""
    browser = browser_of(user.pk)

    def post() -> Any:
        token = _token(browser)
        response = browser.post(address, {**answers}, headers={"X-CSRFToken": token, "HX-Request": "true"})
        if response.status_code not in (200, 201, 204, 302):
            raise RuntimeError(f"{address} answered {response.status_code}: {response.content[:300]!r}")
        return response

    return post


def _token(browser: Client) -> str:
    if "csrftoken" not in browser.cookies:
        browser.get("/customers/add")
    if "csrftoken" not in browser.cookies:
        browser.get("/customers/")
    return browser.cookies["csrftoken"].value
