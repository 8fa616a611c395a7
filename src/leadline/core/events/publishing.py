"""Publishing: one row for the event, one per subject, one job per listener, in the caller's transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from leadline.core.actions import Actor
from leadline.core.events.event import Event, Subject, subject_of
from leadline.core.events.listening import listeners_to
from leadline.core.jobs.queue import later_many
from leadline.core.sets import array_of


def publish(event: Event, *, by: Actor, about: Iterable[models.Model | Subject]) -> int:
    """Let those above know that something happened; returns the event's key in the ledger."""
    kinds: dict[str, list[int]] = {}
    for subject in dict.fromkeys(subject_of(thing) for thing in about):
        kinds.setdefault(subject.kind, []).append(subject.id)
    return _write(event, kinds, by)


def publish_many(
    event_class: type[Event], ids: Sequence[int], *, kind: str, by: Actor, **payload: Any
) -> int | None:
    """The same for a set: one event about all records; nothing is published about none."""
    return _write(event_class(**payload), {kind: ids}, by) if ids else None


def _write(event: Event, subjects: Mapping[str, Sequence[int]], by: Actor) -> int:
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_event (name, payload, actor_id, via, trace, change_set_id)"
            " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id, at",
            [
                event.name(),
                json.dumps(event.payload()),
                by.user.pk if by.user else None,
                by.via,
                by.trace,
                by.change_set,
            ],
        )
        event_id, at = cursor.fetchone()
        for kind, ids in subjects.items():
            cursor.execute(
                "INSERT INTO core_event_subject (event_id, at, kind, subject_id)"
                " SELECT %s, %s, %s, id FROM (SELECT DISTINCT unnest(%s::bigint[]) AS id) ids ORDER BY id",
                [event_id, at, kind, array_of(ids)],
            )
        _tell_listeners(type(event), event_id, at)
    return event_id


def _tell_listeners(event_class: type[Event], event_id: int, at: datetime) -> None:
    names = [listener.name for listener in listeners_to(event_class) if listener.wants(event_class)]
    later_many("core.tell", [{"listener": name, "event": event_id, "at": at.isoformat()} for name in names])
