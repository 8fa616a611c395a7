"""/events: what happens on the company's platform, taken in and looked up (PLT-1, PLT-2)."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.authentication import BearerToken
from leadline.api.bodies import content_of
from leadline.api.describing.operations import LISTING, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.describing.platform import EVENT_SENT, EVENTS_EXAMPLE
from leadline.api.idempotency import one_action
from leadline.api.listing import list_of
from leadline.api.problems import Problem
from leadline.core.actions import Actor
from leadline.core.kept import Kept
from leadline.core.requests import Request
from leadline.people.models import User
from leadline.platform.actions import ingest_events
from leadline.platform.fields import PLATFORM_EVENT
from leadline.platform.reaching import events_reached
from leadline.platform.reading import rows_of_lines
from leadline.platform.signed import HEADER, key_of_message

router = Router(tags=["events"])
_house = Kept(User.objects.house)
LINES = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-lines")


class TokenOrSignature(BearerToken):
    """A token with `events:write`, or a signature by a key of the platform; then the house sends."""

    def __call__(self, request: HttpRequest) -> User:
        """The user who asks. Raises `Problem` 401 or 403."""
        if HEADER not in request.headers:
            return super().__call__(request)
        house = _house()
        key = key_of_message(request.headers, content_of(request), by=Actor(house, via="api"))
        if key is None:
            raise Problem(
                401,
                _("This signature is not by a key in force, or not of the last five minutes."),
                headers={"WWW-Authenticate": 'Bearer realm="Leadline"'},
            )
        request.user = house
        request.actor = Actor(house, via="api", trace=f"ingest_key:{key.pk}")  # type: ignore[attr-defined]
        return house


@router.post(
    "",
    auth=TokenOrSignature(),
    summary="Send events",
    **says(gives=ref("EventsTaken"), takes=EVENT_SENT, example=EVENTS_EXAMPLE),
)
@one_action
def send_events(request: Request) -> HttpResponse:
    """One event, a list of up to 1,000, or JSON lines (application/x-ndjson). Each id counts once.

    A bad event is refused by itself, with its index (from 0) and the reason; the others are kept. Needs the
    permission to send events, or the signature of a key made for the platform.
    """
    taken = ingest_events(_rows(request), by=request.actor)
    errors = [
        {
            "index": refused.index,
            "id": refused.id,
            "field": refused.rule.field,
            "value": refused.rule.value,
            "message": refused.rule.message,
        }
        for refused in taken.refused
    ]
    counts = {"accepted": taken.accepted, "duplicates": taken.duplicates, "rejected": len(errors)}
    return answer({**counts, "errors": errors})


@router.get("", summary="List events", **says(gives=described_list(ref("PlatformEvent")), query=LISTING))
def list_events(request: Request) -> HttpResponse:
    """What happened on the platform, with the users that you see, the latest first."""
    return list_of(request, PLATFORM_EVENT, events_reached(request.user), sorts=("-at",))


def _rows(request: Request) -> Sequence[Any]:
    content = content_of(request)
    if request.content_type in LINES:
        return list(rows_of_lines(_text(content).splitlines()))
    if request.content_type != "application/json":
        message = _("Send JSON (Content-Type: application/json) or JSON lines (application/x-ndjson).")
        raise Problem(415, message)
    try:
        given = json.loads(content, parse_float=Decimal, parse_constant=_no_constant)
    except RecursionError:
        raise Problem(400, _("The JSON is nested too deeply.")) from None
    except ValueError:
        raise Problem(400, _("The body is not valid JSON in UTF-8.")) from None
    return given if isinstance(given, list) else [given]


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Problem(400, _("The body is not valid JSON in UTF-8.")) from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)
