"""Who is in a segment, was in it on a day, came or went: as far as the asker sees them (CUS-17)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from leadline.core import clock
from leadline.core.conditions.operators import Sql
from leadline.core.ids import numeric_id
from leadline.core.organisation import organisation
from leadline.segments.kinds import Segmentable, segmentable
from leadline.segments.models import Segment

PAGE = 50
MOST_COUNTED = 10_000
EARLIEST, LATEST = 1900, 2200  # of years
WAYS = ("now", "on", "joined", "left")


@dataclass(frozen=True)
class Membership:
    """That a record was in a segment from when until when; by hand where somebody did it."""

    id: int
    record_id: int
    name: str
    joined_at: datetime
    left_at: datetime | None
    joined_by: str
    left_by: str


@dataclass(frozen=True)
class Asked:
    """Which memberships: those of `now`; those `on` a day; who `joined` or `left` since a day."""

    way: str = "now"
    day: date | None = None


@dataclass(frozen=True)
class Portion:
    """Some memberships, the newest first; `next` leads on."""

    rows: list[Membership]
    next: str


def memberships(
    segment: Segment, user: Any, asked: Asked, *, after: tuple[datetime, int] | None = None, limit: int = PAGE
) -> Portion:
    """The memberships asked for, of records that somebody sees, newest first, in one query."""
    kind = segmentable(segment.kind)
    moment = "left_at" if asked.way == "left" else "joined_at"
    place, place_params = (f" AND (m.{moment}, m.id) < (%s, %s)", [*after]) if after else ("", [])
    ordered = f"ORDER BY m.{moment} DESC, m.id DESC LIMIT {limit + 1}"
    inside = _inside(kind, segment, user, asked, columns="m.*", place=(place, place_params), end=ordered)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT m.id, m.record_id, {kind.about.by_name['name'].sql}, m.joined_at, m.left_at,"
            " coalesce((SELECT name FROM people_user WHERE id = m.joined_by_id), ''),"
            f" coalesce((SELECT name FROM people_user WHERE id = m.left_by_id), ''), m.{moment}"
            f" FROM (SELECT * FROM ({inside[0]}) AS m {ordered}) AS m"
            f" JOIN {kind.about.table} ON {kind.about.id} = m.record_id"
            f" ORDER BY m.{moment} DESC, m.id DESC",
            inside[1],
        )
        rows = cursor.fetchall()
    found = [Membership(*row[:7]) for row in rows[:limit]]
    more = f"{rows[limit - 1][7].isoformat()}_{rows[limit - 1][0]}" if len(rows) > limit else ""
    return Portion(found, more)


def count_of(
    segment: Segment, user: Any, asked: Asked | None = None, *, portion: Portion | None = None
) -> tuple[int, bool]:
    """How many are in it of those that somebody sees, and whether that is exact; all are known beforehand.

    `portion` is the first of what was asked for, where it was read already: it may be all.
    """
    asked = asked or Asked()
    kind = segmentable(segment.kind)
    if asked.way == "now" and kind.scope(user).everything:
        return segment.standing.size, True
    if portion and not portion.next:
        return len(portion.rows), True
    most = f"LIMIT {MOST_COUNTED + 1}"
    rows, params = _inside(kind, segment, user, asked, columns="1", end=most)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM ({rows}) AS rows {most}) AS counted",
            params,
        )
        found = int(cursor.fetchone()[0])
    return (found, True) if found <= MOST_COUNTED else (MOST_COUNTED, False)


def seen_record(kind: Segmentable, key: int, user: Any) -> str | None:
    """The name of a record, if somebody sees it."""
    (records, beside), (within, params) = kind.within(kind.scope(user))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {kind.about.by_name['name'].sql} FROM {records} WHERE {kind.about.id} = %s AND {within}",
            [*beside, key, *params],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def place_of(word: str) -> tuple[datetime, int] | None:
    """A place in a list of members as addresses name it, `2026-11-22T10:00:00+00:00_123`; or none."""
    at, _sign, number = word.replace(" ", "+").partition("_")
    key = numeric_id(number)
    try:
        moment = parse_datetime(at)
        return (moment.astimezone(UTC), key) if moment and moment.tzinfo and key is not None else None
    except (ValueError, OverflowError):
        return None


def day_of(word: str) -> date | None:
    """A day as addresses name it, of the years that anybody means; none if it is none."""
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return None
    return day if EARLIEST <= day.year <= LATEST else None


def moment_of(day: date) -> datetime:
    """The first moment of a day in the organisation's zone."""
    return datetime.combine(day, time(), tzinfo=clock.zone_of(organisation().time_zone))


def _inside(
    kind: Segmentable,
    segment: Segment,
    user: Any,
    asked: Asked,
    *,
    columns: str,
    place: Sql = ("", []),
    end: str,
) -> Sql:
    """The memberships of records that somebody sees, way after way into the scope, each by its own index."""
    when, when_params = _when(asked)
    asked_for = f"SELECT {columns} FROM segments_member m WHERE m.segment_id = %s"
    scope = kind.scope(user)
    if scope.everything:
        return f"({asked_for}{when}{place[0]} {end})", [segment.pk, *when_params, *place[1]]
    # None of those in it now is archived, and so an index of what is in use serves.
    in_use = f" AND {kind.in_use}" if asked.way == "now" else ""
    parts, params = [], []
    for source, its_params in kind.branches(scope):
        # As an array they are looked up in the order of the index: a third of the time of a join.
        seen = f"ANY(ARRAY(SELECT {kind.about.id} FROM {source}{in_use}))"
        parts.append(f"({asked_for} AND m.record_id = {seen}{when}{place[0]} {end})")
        params += [segment.pk, *its_params, *when_params, *place[1]]
    return " UNION ALL ".join(parts), params


def _when(asked: Asked) -> Sql:
    if asked.way == "now" or asked.day is None:
        return " AND m.left_at IS NULL", []
    start = moment_of(asked.day)
    if asked.way == "on":
        end = moment_of(asked.day + timedelta(days=1))
        return " AND m.joined_at < %s AND (m.left_at IS NULL OR m.left_at >= %s)", [end, end]
    column = "joined_at" if asked.way == "joined" else "left_at"
    return f" AND m.{column} >= %s", [start]
