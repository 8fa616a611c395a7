"""Deliveries: queued once for each event, tried until taken or given up, tried again when asked (INT-3)."""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _

from leadline.api import policies
from leadline.api.events import WebhookGivenUp
from leadline.api.models import Attempt, Delivery, Webhook
from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.events.following import newest_event
from leadline.core.jobs.queue import later, later_many
from leadline.core.outgoing import Answered
from leadline.core.refusals import RuleBroken
from leadline.people.policies import ASK_AN_ADMINISTRATOR

# How long to wait after each attempt that failed: two days in all, then it is given up.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200, 18000, 36000, 50400, 61200))
KEPT = timedelta(days=30)


@action
def queue_deliveries(event_id: int, at: datetime, name: str, *, by: Actor) -> int:
    """Queue an event for each webhook that wants it; telling it twice queues it once. Returns how many."""
    webhooks = list(Webhook.objects.wanting(name))
    there = Delivery.objects.filter(event_id=event_id, webhook__in=webhooks).values_list(
        "webhook_id", flat=True
    )
    known = set(there)
    made = Delivery.objects.bulk_create(
        Delivery(webhook=webhook, event_id=event_id, event_at=at, event_name=name)
        for webhook in webhooks
        if webhook.pk not in known
    )
    later_many("api.deliver", [{"delivery_id": delivery.pk, "attempt": 0} for delivery in made])
    return len(made)


@action
def send_test(webhook: Webhook, *, by: Actor) -> Delivery:
    """Send the newest event there is, so that the other side can be tried out."""
    require(policies.may_manage_webhooks(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    event_id, at, name = newest_event()
    delivery, _new = Delivery.objects.get_or_create(
        webhook=webhook, event_id=event_id, defaults={"event_at": at, "event_name": name}
    )
    return _send_again(delivery)


@action
def replay_delivery(delivery: Delivery, *, by: Actor) -> Delivery:
    """Send it once more, whether it was taken or given up."""
    require(policies.may_manage_webhooks(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    delivery = lock(delivery)
    if delivery.webhook.removed_at:
        raise RuleBroken(_("This webhook was removed."))
    return _send_again(delivery)


def _send_again(delivery: Delivery) -> Delivery:
    delivery.state, delivery.next_at, delivery.attempts_made = Delivery.State.WAITING, None, 0
    delivery.save(update_fields=["state", "next_at", "attempts_made"])
    later("api.deliver", delivery_id=delivery.pk, attempt=0)
    return delivery


@action
def begin_attempt(delivery_id: int, attempt: int, *, by: Actor) -> Delivery | None:
    """Take a delivery in hand for its attempt of this number; none when that was made already.

    The number is counted before anything is sent. A worker that dies in between lets the same attempt be
    made again: at least once, never silently not at all.
    """
    taken = Delivery.objects.filter(
        Q(attempts_made=attempt) | Q(attempts_made=attempt + 1, next_at=None),
        pk=delivery_id,
        state=Delivery.State.WAITING,
    ).update(attempts_made=attempt + 1, next_at=None)
    return Delivery.objects.select_related("webhook__user").get(pk=delivery_id) if taken else None


@action
def leave_out(delivery: Delivery, *, because: str, by: Actor) -> None:
    """Not sent: the webhook is off, or its user may not see what the event is about."""
    Attempt.objects.create(delivery=delivery, at=now(), problem=because)
    _end(delivery, Delivery.State.LEFT_OUT)


@action
def end_attempt(
    delivery: Delivery, *, answered: Answered | None = None, problem: str = "", by: Actor
) -> Delivery:
    """Keep how an attempt ended; try again later, or give up after the last one and pause the webhook."""
    body = answered.body[:500].decode(errors="replace").replace("\x00", "") if answered else ""
    Attempt.objects.create(
        delivery=delivery,
        at=now(),
        status=answered.status if answered else None,
        problem=problem,
        answer=body,
        milliseconds=answered.milliseconds if answered else 0,
    )
    if answered and answered.is_good:
        return _end(delivery, Delivery.State.DELIVERED)
    if delivery.attempts_made > len(WAITS):
        return _give_up(delivery, by)
    delivery.next_at = now() + WAITS[delivery.attempts_made - 1]
    delivery.save(update_fields=["next_at"])
    later("api.deliver", at=delivery.next_at, delivery_id=delivery.pk, attempt=delivery.attempts_made)
    return delivery


@action
def remove_old_deliveries(*, by: Actor) -> int:
    """Forget what was sent more than thirty days ago; returns how many deliveries."""
    old = Delivery.objects.exclude(state=Delivery.State.WAITING).filter(created_at__lt=now() - KEPT)
    return old.delete()[1].get("api.Delivery", 0)


def _end(delivery: Delivery, state: Delivery.State) -> Delivery:
    delivery.state, delivery.next_at = state, None
    delivery.save(update_fields=["state", "next_at"])
    return delivery


def _give_up(delivery: Delivery, by: Actor) -> Delivery:
    """One event that nobody took for two days: the other side is gone, and somebody has to look."""
    _end(delivery, Delivery.State.FAILED)
    webhook = delivery.webhook
    paused = Webhook.objects.filter(pk=webhook.pk, paused_at=None).update(
        paused_at=now(),
        paused_because=_("An event was not taken for two days."),
        version=F("version") + 1,
    )
    if paused:
        publish(WebhookGivenUp(webhook_id=webhook.pk, delivery_id=delivery.pk), by=by, about=[webhook])
    return delivery
