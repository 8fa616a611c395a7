"""Ways to move in time and to read the ledger."""

import html
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pyotp
import pytest
from django.test import Client

from leadline.core import clock
from leadline.core.events.models import EventRecord
from leadline.people.signing import actions


@pytest.fixture
def later() -> Callable[..., AbstractContextManager[None]]:
    """`with later(minutes=11):` it is that much later."""
    return lambda **span: clock.at(clock.now() + timedelta(**span))


@pytest.fixture
def told(db: None) -> Callable[[], list[str]]:
    """The names of the events in the ledger, oldest first."""
    names = EventRecord.objects.order_by("id").values_list("name", flat=True)
    return lambda: [name.removeprefix("people.") for name in names.all()]


@pytest.fixture
def app_of(by) -> Callable[..., pyotp.TOTP]:
    """`app_of(cast.rosa)`: Rosa's code app, set up."""

    def set_up(user) -> pyotp.TOTP:
        begun = actions.begin_code_app(user, by=by(user))
        shows = pyotp.TOTP(begun.secret)
        # A code of the half minute before, so that the test can use the present one.
        actions.confirm_code_app(user, code=shows.at(clock.now() - timedelta(seconds=30)), by=by(user))
        return shows

    return set_up


@pytest.fixture
def at_password(cast) -> Callable[..., Client]:
    """`at_password(cast.rosa)`: a browser in which Rosa just gave her password."""

    def knocked(user) -> Client:
        browser = Client()
        browser.post("/sign-in", {"email": user.email, "password": cast.password})
        return browser

    return knocked


def is_in(browser: Client) -> bool:
    """Whether the pages are open in this browser."""
    return browser.get("/me").status_code == 200


def options_on(page: str) -> str:
    """The question to passkeys that stands in a page."""
    return html.unescape(re.search(r'data-options="([^"]+)"', page)[1])
