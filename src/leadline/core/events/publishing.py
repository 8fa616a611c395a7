"""Publishing: one row for the event, one per subject, one job per listener, in the caller's transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from leadline.core.actions import Actor
from leadline.core.events.event import Event, Subject, subject_of
from leadline.core.events.listening import listeners_to
from leadline.core.events.waiting import let_wait
from leadline.core.jobs.queue import later_many
from leadline.core.planned import planned
from leadline.core.sets import array_of

About = Mapping[str, Sequence[int]]  # kind of record → keys

# The keys are given in the order in which the events came.
_EVENTS = """
INSERT INTO core_event (name, payload, actor_id, via, trace, change_set_id)
SELECT name, payload::jsonb, %s, %s, %s, %s
  FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS given(name, payload, place) ORDER BY place
RETURNING id, at
"""
_SUBJECTS = """
INSERT INTO core_event_subject (event_id, at, kind, subject_id)
SELECT DISTINCT event_id, %s::timestamptz, kind, subject_id
  FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS given(event_id, kind, subject_id)
 ORDER BY event_id, kind, subject_id
"""


def publish(event: Event, *, by: Actor, about: Iterable[models.Model | Subject]) -> int:
    """Let those above know that something happened; returns the event's key in the ledger."""
    kinds: dict[str, list[int]] = {}
    for subject in dict.fromkeys(subject_of(thing) for thing in about):
        kinds.setdefault(subject.kind, []).append(subject.id)
    return publish_each([(event, kinds)], by=by)[0]


def publish_many(
    event_class: type[Event], ids: Sequence[int], *, kind: str, by: Actor, **payload: Any
) -> int | None:
    """The same for a set: one event about all records; nothing is published about none."""
    return publish_each([(event_class(**payload), {kind: ids})], by=by)[0] if ids else None


def publish_each(happened: Sequence[tuple[Event, About]], *, by: Actor) -> list[int]:
    """The same for several events, each with what it is about; as many statements as for one."""
    if not happened:
        return []
    with transaction.atomic(savepoint=False), planned() as cursor:
        names = [event.name() for event, _about in happened]
        payloads = [json.dumps(event.payload()) for event, _about in happened]
        who = by.user.pk if by.user else None
        cursor.execute(_EVENTS, [who, by.via, by.trace, by.change_set, names, payloads])
        written = sorted(cursor.fetchall())
        keys, at = [key for key, _at in written], written[0][1]  # at: the transaction's moment
        subjects = _columns(keys, [about for _event, about in happened])
        if subjects[0]:
            cursor.execute(_SUBJECTS, [at, *(array_of(column) for column in subjects)])
        _tell_listeners([(type(event), key) for key, (event, _about) in zip(keys, happened, strict=True)], at)
    return keys


def _columns(keys: Sequence[int], abouts: Sequence[About]) -> tuple[list[int], list[str], list[int]]:
    """Event, kind and record of each subject, as columns: rows would be an object each."""
    events: list[int] = []
    kinds: list[str] = []
    records: list[int] = []
    for key, about in zip(keys, abouts, strict=True):
        for kind, ids in about.items():
            events += [key] * len(ids)
            kinds += [kind] * len(ids)
            records += ids
    return events, kinds, records


def _tell_listeners(events: Sequence[tuple[type[Event], int]], at: datetime) -> None:
    listening = {
        event_class: [one for one in listeners_to(event_class) if one.wants(event_class)]
        for event_class in dict.fromkeys(event_class for event_class, _key in events)
    }
    told = [(one, key) for event_class, key in events for one in listening[event_class]]
    later_many(
        "core.tell",
        [
            {"listener": one.name, "event": key, "at": at.isoformat()}
            for one, key in told
            if not one.in_batches
        ],
    )
    let_wait([(one.name, key) for one, key in told if one.in_batches], at)
