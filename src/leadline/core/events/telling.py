"""The background task that tells one listener of one event."""

import logging
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.events.event import Event, Subject, event_classes
from leadline.core.events.listening import listener_named
from leadline.core.events.models import EventRecord, EventSubject
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


def event_of(event_id: int, at: datetime) -> Event:
    """An event as it was published, with its subjects; `at` finds its month."""
    record = EventRecord.objects.get(pk=event_id, at=at)
    rows = EventSubject.objects.filter(event_id=event_id, at=at).order_by("kind", "subject_id")
    about = tuple(Subject(kind, key) for kind, key in rows.values_list("kind", "subject_id"))
    event = event_classes()[record.name].of_payload(record.payload)
    return event.published(about, actor_id=record.actor_id, key=(event_id, at))
