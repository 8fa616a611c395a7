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
    """Who is in now is found from the records one sees, who went from the segments: each by its index."""
    (records, beside), (within, params) = kind.within(kind.scope(user))
    zone, since = organisation().time_zone, moment_of(start)
    source = (
        f"SELECT m.segment_id, m.joined_at, m.left_at FROM {records} JOIN segments_member m"
        f" ON m.record_id = {kind.about.id} WHERE {within} AND {kind.in_use} AND m.segment_id = ANY(%s)"
    )
    values = [*beside, *params, keys, since]
    moves: dict[int, dict[date, tuple[int, int]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT moved.segment_id, (step.at AT TIME ZONE %s)::date, sum(step.came), sum(step.went)"
            f" FROM ({source} AND m.left_at IS NULL AND m.joined_at >= %s"
            f" UNION ALL {source} AND m.left_at >= %s) AS moved CROSS JOIN LATERAL"
            " (VALUES (moved.joined_at, 1, 0), (moved.left_at, 0, 1)) AS step(at, came, went)"
            " WHERE step.at >= %s GROUP BY 1, 2",
            [zone, *values, *values, since],
        )
        for key, day, came, went in cursor.fetchall():
            moves[key][day] = int(came), int(went)
    return moves
