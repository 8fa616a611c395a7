"""One attempt to deliver: outside of any transaction, as the other side may take its time."""

from django.utils.translation import gettext as _

from leadline.api import actions
from leadline.api.hearing import within_of
from leadline.api.models import Delivery
from leadline.api.policies import may_manage_webhooks
from leadline.api.records import as_json
from leadline.api.webhooks.content import event_shown
from leadline.api.webhooks.signing import secrets_of, signed_headers
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.events.following import tell_one
from leadline.core.outgoing import Unreachable, send
from leadline.core.refusals import RuleBroken


def deliver(delivery_id: int, attempt: int, *, by: Actor) -> None:
    """Make one attempt; what came of it is kept, and the next one is queued where it failed."""
    delivery = actions.begin_attempt(delivery_id, attempt, by=by)
    if delivery is None:
        return
    refused = _why_not(delivery)
    body = None if refused else _body(delivery)
    if body is None:
        because = refused or _("It is about nothing that this webhook may hear of.")
        actions.leave_out(delivery, because=because, by=by)
        return
    _send(delivery, body, by)


def _send(delivery: Delivery, body: bytes, by: Actor) -> None:
    webhook, at = delivery.webhook, now()
    headers = signed_headers(secrets_of(webhook, at), f"evt_{delivery.event_id}", at, body)
    try:
        answered = send("POST", webhook.address, body=body, headers=headers)
    except (Unreachable, RuleBroken) as failure:
        actions.end_attempt(delivery, problem=str(failure)[:300], by=by)
    else:
        actions.end_attempt(delivery, answered=answered, by=by)


def _why_not(delivery: Delivery) -> str:
    webhook = delivery.webhook
    if webhook.removed_at or webhook.paused_at:
        return _("The webhook is off.")
    if not may_manage_webhooks(webhook.user):
        return _("Whoever set this webhook up may no longer do so. Somebody who may can resume it.")
    return ""


def _body(delivery: Delivery) -> bytes | None:
    event = tell_one(delivery.event_id, delivery.event_at, within_of(delivery.webhook.user))
    return as_json(event_shown(event)) if event else None
