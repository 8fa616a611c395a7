"""How the size of segments went, day by day, for whoever looks (CUS-18)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from leadline.core import clock
from leadline.core.organisation import organisation
from leadline.segments.kinds import Segmentable
from leadline.segments.models import Day, Segment
from leadline.segments.queries.members import moment_of


@dataclass(frozen=True)
class Point:
    """A day: how many were in the segment at its end, who came and who went."""

    day: date
    size: int
    joined: int = 0
    left: int = 0


def trends(
    kind: Segmentable, segments: Sequence[Segment], sizes: dict[int, int], user: Any, *, days: int
) -> dict[int, list[Point]]:
    """The last so many days of each segment, up to today, in one query.

    Who sees all records is shown what was kept each day; for others it is counted back from `sizes`, what
    they see today, by who of those came and went since.
    """
    today = clock.today(organisation().time_zone)
    start = today - timedelta(days=days - 1)
    keys = [segment.pk for segment in segments]
    moves = _kept(keys, start) if kind.scope(user).everything else _seen(kind, keys, start, user)
    return {key: _backwards(sizes.get(key, 0), moves[key], start, today) for key in keys}


def _backwards(size: int, moves: dict[date, tuple[int, int]], start: date, today: date) -> list[Point]:
    points, day = [], today
    while day >= start:
        came, went = moves.get(day, (0, 0))
        points.append(Point(day, max(size, 0), came, went))
        size += went - came
        day -= timedelta(days=1)
    return points[::-1]


def _kept(keys: list[int], start: date) -> dict[int, dict[date, tuple[int, int]]]:
    moves: dict[int, dict[date, tuple[int, int]]] = defaultdict(dict)
    rows = Day.objects.filter(segment__in=keys, day__gte=start)
    for key, day, came, went in rows.values_list("segment_id", "day", "joined", "left"):
        moves[key][day] = came, went
    return moves


def _seen(
    kind: Segmentable, keys: list[int], start: date, user: Any
) -> dict[int, dict[date, tuple[int, int]]]:
    (records, beside), (within, params) = kind.within(kind.scope(user))
    zone, since = organisation().time_zone, moment_of(start)
    moves: dict[int, dict[date, tuple[int, int]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.segment_id, (step.at AT TIME ZONE %s)::date, sum(step.came), sum(step.went)"
            f" FROM {records} JOIN segments_member m ON m.record_id = {kind.about.id}"
            " CROSS JOIN LATERAL (VALUES (m.joined_at, 1, 0), (m.left_at, 0, 1)) AS step(at, came, went)"
            f" WHERE {within} AND {kind.in_use} AND m.segment_id = ANY(%s) AND step.at >= %s"
            " GROUP BY 1, 2",
            [zone, *beside, *params, keys, since],
        )
        for key, day, came, went in cursor.fetchall():
            moves[key][day] = int(came), int(went)
    return moves
