"""/event-log: what happened, in an order that holds, for programs that pull (INT-3)."""

import base64

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.describing.operations import fields, ref, says
from leadline.api.hearing import within_of
from leadline.api.listing import limit_in, parameters_of
from leadline.api.webhooks.content import event_shown
from leadline.core.events import event_classes
from leadline.core.events.following import Place, follow, newest
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request

router = Router(tags=["event log"])
QUERY = [
    {
        "name": "after",
        "description": "`next` of the answer before; `now` for what comes; all events without it.",
        "schema": {"type": "string"},
    },
    {"name": "types", "description": "Names of events, with commas between.", "schema": {"type": "string"}},
    {"name": "limit", "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}},
]
GIVES = fields(
    {
        "data": {"type": "array", "items": ref("Event")},
        "next": {"type": "string", "description": "Always there: ask with it again, at once while `more`."},
        "more": {"type": "boolean"},
    },
    "data",
    "next",
    "more",
)


@router.get("", summary="Follow the event log", **says(gives=GIVES, query=QUERY))
def follow_events(request: Request) -> HttpResponse:
    """Each event once and none missed, oldest first, as far as you may see what it is about."""
    given = parameters_of(request, ("after", "types", "limit"))
    limit = limit_in(given)
    after = newest() if given.get("after") == "now" else _place(given.get("after", ""))
    found = follow(after, within=within_of(request.user), names=_types(given.get("types", "")), limit=limit)
    events = [event_shown(event) for event in found.events]
    return answer({"data": events, "next": _word(found.next), "more": found.more})


@router.get(
    "/types",
    summary="List the kinds of events",
    **says(gives=fields({"data": {"type": "array", "items": ref("EventType")}}, "data")),
)
def list_event_types(request: Request) -> HttpResponse:
    """Their names, and what each is told as. docs/events.md has the fields."""
    parameters_of(request, ())
    kinds = [{"type": name, "wording": str(kind.wording)} for name, kind in event_classes().items()]
    return answer({"data": kinds})


def _types(given: str) -> list[str]:
    names = [name.strip() for name in given.split(",") if name.strip()]
    for name in names:
        if name not in event_classes():
            raise RuleBroken(_("There is no event “%(name)s”.") % {"name": name[:60]}, "types", name)
    return names


def _word(place: Place) -> str:
    text = f"{place.cluster}:{place.transaction}:{place.event}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(word: str) -> Place | None:
    if not word:
        return None
    try:
        text = base64.b64decode(word[:120] + "=" * (-len(word[:120]) % 4), altchars=b"-_", validate=True)
        cluster, *numbers = text.decode("ascii").split(":")
        # What a database counts by fits into 64 bits.
        transaction, event = (int(number) for number in numbers if number.isdigit() and len(number) < 19)
    except ValueError:
        raise RuleBroken(_("This place in the event log is not known."), "after", word) from None
    return Place(cluster, transaction, event)
