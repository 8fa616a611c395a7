"""The background tasks that tell listeners: one of one event, or one of all that wait for it."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.events.event import Event, Subject, event_classes
from leadline.core.events.listening import listener_named, told_in_batches
from leadline.core.events.models import EventRecord, EventSubject
from leadline.core.events.waiting import is_to_be_told, take, wake, who_waits
from leadline.core.jobs.rounds import each_round
from leadline.core.tracing import caused_by

log = logging.getLogger(__name__)


@app.task(name="core.tell", queue="default", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def tell(listener: str, event: int, at: str) -> None:
    """Tell one listener, whole or not at all, as the house and never with the causer's rights."""
    found = listener_named(listener)
    if found is None:
        log.warning("nobody listens any more", extra={"listener": listener, "event": event})
        return
    house = get_user_model()._default_manager.house()
    with caused_by(f"event:{event}") as trace, transaction.atomic():
        found.function(event_of(event, datetime.fromisoformat(at)), by=Actor(house, via="job", trace=trace))


@app.task(name="core.tell_waiting", queue="default", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def tell_waiting(listener: str) -> None:
    """Tell a listener of what waits for it, batch by batch; each batch whole and once, or not at all."""
    found = listener_named(listener)
    house = get_user_model()._default_manager.house()
    while True:
        with caused_by(f"listener:{listener}"[:60]) as trace, transaction.atomic():
            keys = take(listener)
            if not keys:
                return
            if found is None:
                log.warning("nobody listens any more", extra={"listener": listener, "events": len(keys)})
                continue
            found.function(events_of(keys), by=Actor(house, via="job", trace=trace))


@each_round
def tell_those_who_wait() -> None:
    """Tell each listener for whom something waits; one that fails is left to the queue, which tries again."""
    for listener in told_in_batches():
        if not is_to_be_told(listener.name):
            continue
        try:
            tell_waiting(listener.name)
        except Exception:
            log.exception("a listener failed; the queue tries again", extra={"listener": listener.name})
            wake(listener.name)


@app.periodic(cron="* * * * *")
@app.task(name="core.wake_waiting", queueing_lock="core.wake_waiting")
def wake_waiting(timestamp: int = 0) -> None:
    """Every minute: what waits for listeners that the code no longer has goes."""
    for listener in who_waits():
        if listener_named(listener) is None:
            wake(listener)


def events_of(keys: Sequence[tuple[int, datetime]]) -> list[Event]:
    """Events as they were published, in the order of their keys; two queries for all of them."""
    moments = dict(keys)
    within = {"at__gte": min(moments.values()), "at__lte": max(moments.values())}
    about: dict[int, list[Subject]] = {}
    rows = EventSubject.objects.filter(event_id__in=moments, **within).order_by("kind", "subject_id")
    for event_id, kind, key in rows.values_list("event_id", "kind", "subject_id"):
        about.setdefault(event_id, []).append(Subject(kind, key))
    records = EventRecord.objects.filter(pk__in=moments, **within).order_by("pk")
    return [
        event_classes()[record.name]
        .of_payload(record.payload)
        .published(
            tuple(about.get(record.pk, ())),
            actor_id=record.actor_id,
            key=(record.pk, record.at),
            trace=record.trace,
        )
        for record in records
        if record.name in event_classes()
    ]


def event_of(event_id: int, at: datetime) -> Event:
    """An event as it was published, with its subjects; `at` finds its month."""
    record = EventRecord.objects.get(pk=event_id, at=at)
    rows = EventSubject.objects.filter(event_id=event_id, at=at).order_by("kind", "subject_id")
    about = tuple(Subject(kind, key) for kind, key in rows.values_list("kind", "subject_id"))
    event = event_classes()[record.name].of_payload(record.payload)
    return event.published(about, actor_id=record.actor_id, key=(event_id, at), trace=record.trace)
