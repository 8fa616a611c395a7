"""From events to what happened: which payments, events or records, and the lead or customer behind each."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from leadline.automation.occasions.happening import RECORDS, Happening, Occasion
from leadline.core.events import Event
from leadline.core.sets import array_of

# Who a user of the platform is: the customer it was linked to, and the lead that it is. Who came just now is
# linked a moment later; until then the address finds the lead.
BEHIND = """
  JOIN platform_platformuser told_user ON told_user.id = {table}.user_id
  LEFT JOIN leads_onplatform told_link ON told_link.user_id = told_user.id
  LEFT JOIN LATERAL (
       SELECT lead.id FROM leads_lead lead
        WHERE told_user.email <> '' AND lead.email = told_user.email AND lead.archived_at IS NULL
        ORDER BY lead.id DESC LIMIT 1) told_lead ON TRUE
"""
_OF_PERSONS = """
SELECT {table}.id, {table}.at, coalesce(told_link.lead_id, told_lead.id), told_user.customer_id
  FROM {table} {behind}
 WHERE {table}.at BETWEEN %s AND %s AND ({only}) {which}
 ORDER BY {table}.at, {table}.id {limit}
"""
_OF_LEDGER = """
SELECT subject.subject_id, subject.at, subject.event_id,
       (core.payload ->> 'lead_id')::bigint, (core.payload ->> 'customer_id')::bigint
  FROM core_event core JOIN core_event_subject subject ON subject.event_id = core.id AND subject.at = core.at
 WHERE core.name = %s AND core.at BETWEEN %s AND %s AND subject.kind = %s AND subject.at BETWEEN %s AND %s
 ORDER BY core.id DESC, subject.subject_id LIMIT %s
"""


def found_by(occasion: Occasion, events: Sequence[Event], depths: dict[int, int]) -> list[Happening]:
    """What happened on an occasion, by the events that told of it; one query, however many events."""
    told = [event for event in events if event.name() == occasion.event and event.key]
    if not told:
        return []
    if not occasion.person:
        return [
            _of_record(
                occasion,
                key,
                _cause(event),
                event.key[1],
                depths.get(event.key[0], 1),
                (getattr(event, "lead_id", None), getattr(event, "customer_id", None)),
            )
            for event in told
            if event.key
            for key in event.ids_of(occasion.kind)
        ]
    causes = {
        key: (_cause(event), depths.get(event.key[0], 1))
        for event in told
        if event.key and getattr(event, "kind", occasion.waits_for) == occasion.waits_for
        for key in event.ids_of(occasion.kind)
    }
    rows = _persons(occasion, *_span(told), which=list(causes)) if causes else []
    return [_of_person(occasion, row, *causes[row[0]]) for row in rows]


def found_before(occasion: Occasion, since: datetime, until: datetime, most: int) -> list[Happening]:
    """What happened on an occasion between two moments, the newest first, at most so many."""
    if occasion.person:
        rows = _persons(occasion, since, until, most=most)
        return [_of_person(occasion, row, f"past:{row[0]}"[:60], 1) for row in rows]
    params: list[Any] = [occasion.event, since, until, occasion.kind, since, until, most]
    with connection.cursor() as cursor:
        cursor.execute(_OF_LEDGER, params)
        return [
            _of_record(occasion, key, f"event:{event}", at, 1, (lead, customer))
            for key, at, event, lead, customer in cursor.fetchall()
        ]


def _of_record(
    occasion: Occasion,
    key: int,
    cause: str,
    at: datetime,
    depth: int,
    named: tuple[int | None, int | None],
) -> Happening:
    """What happened to the record itself, or to the lead or customer that the event names."""
    kind = occasion.kind
    lead, customer = named if occasion.names_both else (key if kind == each else None for each in RECORDS)
    return Happening(kind, key, cause, at, lead, customer, depth)


def _of_person(occasion: Occasion, row: tuple[Any, ...], cause: str, depth: int) -> Happening:
    key, at, lead_id, customer_id = row
    return Happening(occasion.kind, key, cause, at, lead_id, customer_id, depth)


def _persons(
    occasion: Occasion, since: datetime, until: datetime, *, which: Iterable[int] | None = None, most: int = 0
) -> list[tuple[Any, ...]]:
    assert occasion.about is not None
    table = occasion.about.table
    params: list[Any] = [since, until]
    if which is not None:
        params.append(array_of(which))
    sql = _OF_PERSONS.format(
        table=table,
        behind=BEHIND.format(table=table),
        only=occasion.only,
        which=f"AND {table}.id = ANY(%s::bigint[])" if which is not None else "",
        limit=f"DESC LIMIT {int(most)}" if most else "",
    )
    if most:
        sql = sql.replace(
            f"ORDER BY {table}.at, {table}.id DESC", f"ORDER BY {table}.at DESC, {table}.id DESC"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _cause(event: Event) -> str:
    assert event.key is not None
    return f"event:{event.key[0]}"


def _span(events: Sequence[Event]) -> tuple[datetime, datetime]:
    """The moments between which the things happened: events of the platform tell of the past."""
    firsts = [getattr(event, "first_at", None) for event in events]
    lasts = [getattr(event, "last_at", None) for event in events]
    if all(firsts) and all(lasts):
        return min(firsts), max(lasts)  # type: ignore[type-var, return-value]
    return OLDEST, NEWEST


OLDEST = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
NEWEST = datetime.fromisoformat("9000-01-01T00:00:00+00:00")
