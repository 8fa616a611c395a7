"""The ledger for those who follow it: each event once, none missed, in an order that holds (INT-3).

The order is (transaction, key), cut at the oldest transaction that still runs: whatever commits later stands
behind what was read. A place belongs to one database cluster; after a move to another one, whose transactions
are counted anew, reading goes on by the key.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.events.event import Subject, event_classes
from leadline.core.events.queries import Told, sentence_of
from leadline.core.refusals import RuleBroken

SUBJECTS_TOLD = 100


class Place(NamedTuple):
    """Behind the last event that was read."""

    cluster: str = ""
    transaction: int = 0
    event: int = 0


@dataclass(frozen=True)
class Followed(Told):
    """One event with the first of its subjects; `count` says how many there are."""

    subjects: list[Subject] = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True)
class Within:
    """Of which subjects a person may hear: a condition on `s` (kind, subject_id) with its parameters."""

    sql: str = "TRUE"
    params: Sequence[Any] = ()

    @property
    def everything(self) -> bool:
        """Whether all events may be told, those without a subject too."""
        return self.sql == "TRUE"


@dataclass(frozen=True)
class Stretch:
    """Some events in order, the place behind them, and whether more are there already."""

    events: list[Followed]
    next: Place
    more: bool


def follow(after: Place | None, *, within: Within, names: Sequence[str] = (), limit: int = 100) -> Stretch:
    """The events behind a place (from the first one on without), as far as all before them are known."""
    cluster = _cluster()
    place = _in_this_cluster(after or Place(), cluster)
    rows = _rows(place, within, names, limit + 1)
    kept = rows[:limit]
    subjects = _subjects([row[1] for row in kept], within)
    events = [_followed(row, *subjects.get(row[1], ([], 0))) for row in kept]
    end = Place(cluster, int(kept[-1][0]), kept[-1][1]) if kept else place._replace(cluster=cluster)
    return Stretch(events, end, len(rows) > limit)


def newest() -> Place:
    """The place behind all that is there now, for who wants only what comes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT written_in::text, id FROM core_event"
            " WHERE written_in < pg_snapshot_xmin(pg_current_snapshot())"
            " ORDER BY written_in DESC, id DESC LIMIT 1"
        )
        row = cursor.fetchone() or ("0", 0)
    return Place(_cluster(), int(row[0]), row[1])


def newest_event() -> tuple[int, datetime, str]:
    """Key, moment and name of the newest event of all. Raises `RuleBroken` while there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, at, name FROM core_event ORDER BY written_in DESC, id DESC LIMIT 1")
        row = cursor.fetchone()
    if row is None:
        raise RuleBroken(_("Nothing has happened yet that could be sent."))
    return row


def tell_one(event_id: int, at: datetime, within: Within) -> Followed | None:
    """One event as somebody may hear of it; none when it is about nothing that is within reach."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM core_event e WHERE e.id = %s AND e.at = %s AND {_told(within)}",
            [event_id, at, *within.params],
        )
        row = cursor.fetchone()
    return _followed(row, *_subjects([event_id], within).get(event_id, ([], 0))) if row else None


def count_transactions_anew() -> int:
    """After a restore into another cluster: what was written before counts as oldest; returns how many.

    Its transactions are counted from the start, so old events would stand before all to come.
    """
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_event SET written_in = '0' WHERE written_in > pg_current_xact_id()")
        return cursor.rowcount


_COLUMNS = "e.written_in::text, e.id, e.at, e.name, e.payload, e.actor_id, e.via, e.trace"


def _rows(place: Place, within: Within, names: Sequence[str], limit: int) -> list[tuple[Any, ...]]:
    by_name, params = ("e.name = ANY(%s)", [list(names)]) if names else ("TRUE", [])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM core_event e WHERE (e.written_in, e.id) > (%s::text::xid8, %s)"
            f" AND e.written_in < pg_snapshot_xmin(pg_current_snapshot()) AND {by_name} AND {_told(within)}"
            " ORDER BY e.written_in, e.id LIMIT %s",
            [str(place.transaction), place.event, *params, *within.params, limit],
        )
        return cursor.fetchall()


def _told(within: Within) -> str:
    if within.everything:
        return "TRUE"
    of_the_event = "s.event_id = e.id AND s.at = e.at"
    return f"EXISTS (SELECT FROM core_event_subject s WHERE {of_the_event} AND ({within.sql}))"


def _subjects(ids: list[int], within: Within) -> dict[int, tuple[list[Subject], int]]:
    """For each event the first of its subjects within reach, and how many there are."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_id, kind, subject_id, all_of_it FROM (SELECT s.event_id, s.kind, s.subject_id,"
            " row_number() OVER (PARTITION BY s.event_id ORDER BY s.kind, s.subject_id) AS place,"
            " count(*) OVER (PARTITION BY s.event_id) AS all_of_it"
            f" FROM core_event_subject s WHERE s.event_id = ANY(%s) AND ({within.sql})) seen"
            " WHERE place <= %s ORDER BY event_id, place",
            [ids, *within.params, SUBJECTS_TOLD],
        )
        found: dict[int, tuple[list[Subject], int]] = {}
        for event_id, kind, key, count in cursor.fetchall():
            found.setdefault(event_id, ([], count))[0].append(Subject(kind, key))
    return found


def _followed(row: tuple[Any, ...], subjects: list[Subject], count: int) -> Followed:
    _transaction, event_id, at, name, stored, actor_id, via, trace = row
    payload = json.loads(stored)
    sentence = sentence_of(event_classes().get(name), payload) or name
    return Followed(event_id, at, name, sentence, payload, actor_id, via, trace, subjects, count)


def _in_this_cluster(place: Place, cluster: str) -> Place:
    return place if place.cluster in ("", cluster) else Place(cluster, 0, place.event)


def _cluster() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT system_identifier::text FROM pg_control_system()")
        return cursor.fetchone()[0]
