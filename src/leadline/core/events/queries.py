"""What happened to a thing, as the ledger knows it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext

from leadline.core import formats
from leadline.core.events.event import Event, Subject, event_classes

Key = tuple[datetime, int]
NOTHING = "–"


@dataclass(frozen=True)
class Told:
    """One event as it is shown: the sentence has keys and codes; names are filled in by who shows it."""

    id: int
    at: datetime
    name: str
    sentence: str
    payload: Mapping[str, Any]
    actor_id: int | None
    via: str
    trace: str


def events_about(subject: Subject, *, after: Key | None = None, limit: int = 50) -> list[Told]:
    """The events about a thing, newest first; `after` is the (at, id) of the last one that was shown."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, e.at, e.name, e.payload, e.actor_id, e.via, e.trace FROM core_event_subject s"
            " JOIN core_event e ON e.id = s.event_id AND e.at = s.at"
            " WHERE s.kind = %s AND s.subject_id = %s"
            " AND (%s::timestamptz IS NULL OR (s.at, s.event_id) < (%s::timestamptz, %s))"
            " ORDER BY s.at DESC, s.event_id DESC LIMIT %s",
            [subject.kind, subject.id, after and after[0], after and after[0], after and after[1], limit],
        )
        return [_told(*row) for row in cursor.fetchall()]


def _told(
    event_id: int, at: datetime, name: str, stored: str, actor_id: int | None, via: str, trace: str
) -> Told:
    event_class, payload = event_classes().get(name), json.loads(stored)
    return Told(event_id, at, name, sentence_of(event_class, payload) or name, payload, actor_id, via, trace)


def sentence_of(event_class: type[Event] | None, payload: Mapping[str, Any]) -> str:
    """The wording of an event with its values; empty for a class the code no longer has."""
    told = {name: _told_value(name, value) for name, value in payload.items()}
    return str(event_class.wording) % _Missing(told) if event_class else ""


def _told_value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if value in ("", None):
        return gettext("address not known") if name == "address" else NOTHING
    if name.startswith("kind"):
        return str(value).replace("_", " ")
    if type(value) is int and not name.endswith("id"):
        return formats.number(value)
    return value


class _Missing(dict[str, Any]):
    """A field that an old event did not have yet is told as a dash."""

    def __missing__(self, name: str) -> str:
        return NOTHING
