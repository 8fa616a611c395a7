"""The walk: asks an address as somebody, and takes back whatever the answer changed."""

import json
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.test import Client

from leadline.core.actions import Actor
from leadline.core.events.models import EventRecord
from leadline.people.actions import create_token
from leadline.people.models import User
from leadline.people.signing.entering import session_cookie
from tests.cast import undone
from tests.routes.addresses import Asked


@dataclass(frozen=True)
class Answer:
    """What came back: the status, all of the body, and where it leads."""

    status: int
    body: bytes
    leads_to: str


class Walker:
    """Asks addresses as somebody; whatever an answer changed is taken back."""

    def __init__(self, user: User | None = None, *, token: str = ""):
        self.user = user
        self.browser = Client(raise_request_exception=True)
        self.program = Client(raise_request_exception=False)
        self.cookies = {settings.SESSION_COOKIE_NAME: session_cookie(user)} if user else {}
        if user:
            token = create_token(user, name="walk", by=Actor(user))
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, asked: Asked, key: Any, sends: dict[str, str]) -> Answer:
        """The answer; what it did is undone, and a browser that was signed out is signed in again."""
        self.browser.cookies = SimpleCookie(self.cookies)
        address = asked.address(key)
        with undone():
            response = self._asked(asked, address, sends)
            body = b"".join(response.streaming_content) if response.streaming else response.content
        return Answer(response.status_code, body, response.headers.get("Location", ""))

    def browser_asks_the_api(self, asked: Asked, key: Any) -> Answer:
        """The answer to a page of ours that asks the API by its session."""
        self.browser.cookies = SimpleCookie(self.cookies)
        ask = getattr(self.browser, asked.method.lower())
        with undone():
            response = ask(asked.address(key), "{}", content_type="application/json")
        return Answer(response.status_code, response.content, "")

    def _asked(self, asked: Asked, address: str, sends: dict[str, str]) -> Any:
        if not asked.by_program:
            return getattr(self.browser, asked.method.lower())(address, sends)
        if asked.method == "GET":
            return self.program.get(address, sends, headers=self.headers)
        content = {"data": json.dumps(_typed(sends)), "content_type": "application/json"}
        return getattr(self.program, asked.method.lower())(address, headers=self.headers, **content)


def _typed(sends: dict[str, str]) -> dict[str, Any]:
    """What a line of the table sends, as JSON: numbers, lists and quoted texts as such."""
    return {
        name: json.loads(value) if value[:1] in '"[{0123456789' else value for name, value in sends.items()
    }


def happened() -> int:
    """How far the ledger of events is: a refused request adds nothing."""
    return EventRecord.objects.order_by("-id").values_list("id", flat=True).first() or 0
