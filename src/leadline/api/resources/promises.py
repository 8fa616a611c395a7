"""/promises, and the promises of a customer (SIG-10)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer_record, locked
from leadline.api.bodies import object_of, only, text_in
from leadline.api.describing.operations import FIELDS, LISTING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import fields_of, list_of
from leadline.api.records import record_of
from leadline.api.resources.seeing import customer_of, customer_seen, seen
from leadline.api.scopes import OfOneRecord, about_customers_of
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.timeline.fields import PROMISE
from leadline.timeline.models import Promise

router = Router(tags=["promises"])
of_customer = Router(tags=["promises"])
BODY: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "maxLength": 300},
    "due_on": {"type": "string", "format": "date"},
}
EXAMPLE = {"text": "A new price list", "due_on": "2026-12-24"}
LIST = says(gives=described_list(ref("Promise")), query=LISTING)
VERB = says(gives=ref("Promise"), takes=fields({}), example={}, optional=True, versioned=True)


@router.get("", summary="List promises", **LIST)
def list_promises(request: Request) -> HttpResponse:
    """Promises to the customers that you see, the newest first; an empty `outcome` is an open one."""
    return list_of(request, PROMISE, about_customers_of(request.user), sorts=("-id",))


@of_customer.get("/{int:customer_id}/promises", summary="List promises to a customer", **LIST)
def list_promises_to_customer(request: Request, customer_id: int) -> HttpResponse:
    """Promises to one customer, the newest first."""
    key = customer_seen(request, customer_id).pk
    return list_of(request, PROMISE, OfOneRecord(key, "timeline_promise.customer_id"))


@of_customer.post(
    "/{int:customer_id}/promises",
    summary="Note a promise to a customer",
    **says(
        gives=ref("Promise"),
        status=201,
        takes=fields(BODY, "text", "due_on"),
        example=EXAMPLE,
        versioned=True,
    ),
)
def make_promise(request: Request, customer_id: int) -> HttpResponse:
    """It stays in sight until it is kept, whoever the owner is."""
    customer = customer_seen(request, customer_id)
    given = only(object_of(request), BODY)
    promise = actions.make_promise(
        customer, text=text_in(given, "text"), due_on=day_in(given, "due_on"), by=request.actor
    )
    return _shown(request, promise, status=201)


@router.get(
    "/{int:promise_id}",
    summary="Read a promise",
    **says(gives=ref("Promise"), query=[FIELDS], versioned=True),
)
def get_promise(request: Request, promise_id: int) -> HttpResponse:
    """One promise with its ETag."""
    promise = _seen(request, promise_id)
    data = record_of(PROMISE, promise.pk, request.user, fields_of(request, PROMISE))
    return answer_record(request, data, version=promise.version)


@router.patch(
    "/{int:promise_id}",
    summary="Change a promise",
    **says(gives=ref("Promise"), takes=fields(BODY), example={"due_on": "2026-12-31"}, versioned=True),
)
def change_promise(request: Request, promise_id: int) -> HttpResponse:
    """What is not given stays."""
    promise = locked(request, _seen(request, promise_id))
    given = only(object_of(request), BODY)
    changed = actions.edit_promise(
        promise,
        customer_of(promise),
        text=text_in(given, "text") if "text" in given else promise.text,
        due_on=day_in(given, "due_on") if "due_on" in given else promise.due_on,
        version=promise.version,
        by=request.actor,
    )
    return _shown(request, changed)


@router.post("/{int:promise_id}/keep", summary="Keep a promise", **VERB)
def keep_promise(request: Request, promise_id: int) -> HttpResponse:
    """The customer got it."""
    return _simple(request, promise_id, actions.keep_promise)


@router.post("/{int:promise_id}/give-up", summary="Give a promise up", **VERB)
def give_up_promise(request: Request, promise_id: int) -> HttpResponse:
    """It was not kept, and nobody will."""
    return _simple(request, promise_id, actions.give_up_promise)


@router.post("/{int:promise_id}/reopen", summary="Open a promise again", **VERB)
def reopen_promise(request: Request, promise_id: int) -> HttpResponse:
    """It still waits."""
    return _simple(request, promise_id, actions.reopen_promise)


def day_in(given: dict[str, Any], name: str) -> date | None:
    """A day that was given under a name, as 2026-12-24; none when it is missing."""
    value = given.get(name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        message = _("“%(name)s” is a day such as 2026-12-24.") % {"name": name}
        raise RuleBroken(message, field=name, value=value) from None


def _seen(request: Request, key: int) -> Promise:
    return seen(Promise.objects.select_related("user"), request, key)


def _simple(request: Request, key: int, verb: Callable[..., Promise]) -> HttpResponse:
    promise = _seen(request, key)
    only(object_of(request, optional=True), ())
    return _shown(request, verb(locked(request, promise), customer_of(promise), by=request.actor))


def _shown(request: Request, promise: Promise, *, status: int = 200) -> HttpResponse:
    location = f"/api/v1/promises/{promise.pk}" if status == 201 else ""
    data = record_of(PROMISE, promise.pk, request.user)
    return answer_record(request, data, version=promise.version, status=status, location=location)
