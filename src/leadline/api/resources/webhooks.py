"""/webhooks: addresses that are told of events, and the log of what was sent (INT-3)."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from leadline.api import actions, policies
from leadline.api.answering import answer, answer_record, locked
from leadline.api.bodies import object_of, only, text_in, texts_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.describing.shapes import Schema
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.models import Attempt, Delivery, Webhook
from leadline.api.resources.seeing import one_of, seen
from leadline.core.actions import require
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR

router = Router(tags=["webhooks"])
FIELDS: dict[str, Schema] = {
    "name": {"type": "string", "maxLength": 100},
    "address": {"type": "string", "format": "uri", "maxLength": 2000},
    "events": {"type": "array", "items": {"type": "string"}, "description": "None means all."},
}
EXAMPLE = {
    "name": "Warehouse",
    "address": "https://warehouse.example/hooks/leadline",
    "events": ["customers.CustomersAdded"],
}
VERB = says(gives=ref("Webhook"), takes=fields({}), example={}, optional=True)


@router.get("", summary="List webhooks", **says(gives=described_list(ref("Webhook")), query=PAGING))
def list_webhooks(request: Request) -> HttpResponse:
    """All webhooks, without their secrets."""
    _require(request)
    return plain_list_of(request, Webhook.objects.visible_to(request.user).select_related("user"), _shown)


@router.get("/{int:webhook_id}", summary="Read a webhook", **says(gives=ref("Webhook"), versioned=True))
def get_webhook(request: Request, webhook_id: int) -> HttpResponse:
    """One webhook, without its secret."""
    parameters_of(request, ())
    return _answered(request, _seen(request, webhook_id))


@router.post(
    "",
    summary="Add a webhook",
    **says(gives=ref("Webhook"), status=201, takes=fields(FIELDS, "name", "address"), example=EXAMPLE),
)
def add_a_webhook(request: Request) -> HttpResponse:
    """The answer holds its secret, this once; check with it that a message is ours."""
    given = only(object_of(request), FIELDS)
    webhook = actions.add_webhook(**_taken(given), by=request.actor)
    return answer(_with_secret(webhook), status=201, location=f"/api/v1/webhooks/{webhook.pk}")


@router.patch(
    "/{int:webhook_id}",
    summary="Change a webhook",
    **says(gives=ref("Webhook"), takes=fields(FIELDS), example={"events": []}, versioned=True),
)
def change_a_webhook(request: Request, webhook_id: int) -> HttpResponse:
    """What is not given stays."""
    webhook = locked(request, _seen(request, webhook_id))
    given = only(object_of(request), FIELDS)
    kept = {"name": webhook.name, "address": webhook.address, "events": webhook.events}
    return _answered(request, actions.change_webhook(webhook, **_taken({**kept, **given}), by=request.actor))


@router.post("/{int:webhook_id}/secret", summary="Renew the secret", **VERB)
def renew_a_secret(request: Request, webhook_id: int) -> HttpResponse:
    """The answer holds the new secret, this once; for a day the old one signs too."""
    webhook = _seen(request, webhook_id)
    only(object_of(request, optional=True), ())
    return answer(_with_secret(actions.renew_secret(webhook, by=request.actor)))


@router.post("/{int:webhook_id}/pause", summary="Pause a webhook", **VERB)
def pause_a_webhook(request: Request, webhook_id: int) -> HttpResponse:
    """Nothing is sent until it is resumed; the event log has what happened meanwhile."""
    return _verb(request, webhook_id, actions.pause_webhook)


@router.post("/{int:webhook_id}/resume", summary="Resume a webhook", **VERB)
def resume_a_webhook(request: Request, webhook_id: int) -> HttpResponse:
    """From now on, in your name."""
    return _verb(request, webhook_id, actions.resume_webhook)


@router.post("/{int:webhook_id}/remove", summary="Remove a webhook", **VERB)
def remove_a_webhook(request: Request, webhook_id: int) -> HttpResponse:
    """Nothing is sent any more."""
    return _verb(request, webhook_id, actions.remove_webhook)


@router.post(
    "/{int:webhook_id}/test",
    summary="Send the newest event",
    **says(gives=ref("Delivery"), status=202, takes=fields({}), example={}, optional=True),
)
def test_a_webhook(request: Request, webhook_id: int) -> HttpResponse:
    """To try the other side out."""
    webhook = _seen(request, webhook_id)
    only(object_of(request, optional=True), ())
    return answer(delivery_shown(actions.send_test(webhook, by=request.actor)), status=202)


@router.get(
    "/{int:webhook_id}/deliveries",
    summary="List what was sent",
    **says(gives=described_list(ref("Delivery")), query=PAGING),
)
def list_deliveries(request: Request, webhook_id: int) -> HttpResponse:
    """The log of thirty days, newest first, with each attempt."""
    rows = _seen(request, webhook_id).deliveries.prefetch_related("attempts")
    return plain_list_of(request, rows, delivery_shown)


@router.post(
    "/{int:webhook_id}/deliveries/{int:delivery_id}/replay",
    summary="Send an event again",
    **says(gives=ref("Delivery"), status=202, takes=fields({}), example={}, optional=True),
)
def replay_a_delivery(request: Request, webhook_id: int, delivery_id: int) -> HttpResponse:
    """The same event once more; its id stays, so a receiver can tell."""
    webhook = _seen(request, webhook_id)
    delivery = one_of(webhook.deliveries, delivery_id)
    only(object_of(request, optional=True), ())
    return answer(delivery_shown(actions.replay_delivery(delivery, by=request.actor)), status=202)


def _require(request: Request) -> None:
    require(policies.may_manage_webhooks(request.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _seen(request: Request, key: int) -> Webhook:
    return seen(Webhook.objects.select_related("user"), request, key)


def _verb(request: Request, key: int, action: Any) -> HttpResponse:
    webhook = _seen(request, key)
    only(object_of(request, optional=True), ())
    return answer(_shown(action(webhook, by=request.actor)))


def _taken(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": text_in(given, "name"),
        "address": text_in(given, "address"),
        "events": texts_in(given, "events"),
    }


def _answered(request: Request, webhook: Webhook) -> HttpResponse:
    return answer_record(request, _shown(webhook), version=webhook.version)


def _with_secret(webhook: Webhook) -> dict[str, Any]:
    return {**_shown(webhook), "secret": webhook.secret}


def _shown(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": webhook.pk,
        "name": webhook.name,
        "address": webhook.address,
        "events": webhook.events,
        "user": {"id": webhook.user_id, "email": webhook.user.email, "name": webhook.user.name},
        "paused_at": webhook.paused_at,
        "paused_because": webhook.paused_because,
        "created_at": webhook.created_at,
    }


def delivery_shown(delivery: Delivery) -> dict[str, Any]:
    """What was sent of one event, and how each attempt ended."""
    return {
        "id": delivery.pk,
        "event": delivery.event_id,
        "type": delivery.event_name,
        "state": delivery.state,
        "next_at": delivery.next_at,
        "created_at": delivery.created_at,
        "attempts": [_attempt_shown(attempt) for attempt in delivery.attempts.all()],
    }


def _attempt_shown(attempt: Attempt) -> dict[str, Any]:
    return {
        "at": attempt.at,
        "status": attempt.status,
        "problem": attempt.problem,
        "answer": attempt.answer,
        "milliseconds": attempt.milliseconds,
    }
