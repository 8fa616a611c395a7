"""How large segments are and were, day by day, for whoever looks (CUS-18)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from typing import Any, NamedTuple

from django.db import connection

from leadline.core import clock
from leadline.core.organisation import organisation
from leadline.segments.kinds import Segmentable
from leadline.segments.models import Day, Segment
from leadline.segments.parameters import named
from leadline.segments.queries.members import moment_of

FEW = 3  # segments that are asked one by one
# Few moments stand for many members, so the days are told apart last. Of few segments the records that
# somebody sees are looked up all at once in the order of the index (a third of the time of one after the
# other); of many, all that each record is in is read (`+ 0`).
_OF_FEW = """
SELECT m.segment_id, m.joined_at, NULL::timestamptz AS left_at
  FROM segments_member m
 WHERE m.left_at IS NULL AND m.segment_id = ANY(%(segments)s) AND m.record_id = ANY({seen})
 UNION ALL
SELECT m.segment_id, m.joined_at, m.left_at
  FROM segments_member m
 WHERE m.left_at >= %(since)s AND m.segment_id = ANY(%(segments)s) AND m.record_id = ANY({seen})
"""
_OF_MANY = """
SELECT m.segment_id, m.joined_at, NULL::timestamptz AS left_at
  FROM seen JOIN segments_member m ON m.record_id = seen.id
 WHERE m.left_at IS NULL AND m.segment_id + 0 = ANY(%(segments)s)
 UNION ALL
SELECT m.segment_id, m.joined_at, m.left_at
  FROM seen JOIN segments_member m ON m.record_id = seen.id
 WHERE m.left_at >= %(since)s AND m.segment_id = ANY(%(segments)s)
"""
_BY_DAY = """
SELECT segment_id, (joined_at AT TIME ZONE %(zone)s)::date, (left_at AT TIME ZONE %(zone)s)::date, sum(many)
  FROM (
    SELECT segment_id, joined_at, left_at, count(*) AS many FROM ({inside}) AS inside GROUP BY 1, 2, 3
) AS moved GROUP BY 1, 2, 3
"""


class Point(NamedTuple):
    """A day: how many were in the segment at its end, who came and who went."""

    day: date
    size: int
    joined: int = 0
    left: int = 0


@dataclass
class Moves:
    """How many are in a segment now, and day → who came and who went."""

    size: int = 0
    days: dict[date, tuple[int, int]] = field(default_factory=dict)

    def add(self, day: date, came: int, went: int) -> None:
        """Some more came or went on a day."""
        before = self.days.get(day, (0, 0))
        self.days[day] = before[0] + came, before[1] + went


def trends(kind: Segmentable, segments: Sequence[Segment], user: Any, *, days: int) -> dict[int, list[Point]]:
    """The last so many days of each segment, up to today, in one query.

    The last point holds the size now. Who sees all records is shown what was kept each day; for others it is
    counted back from those they see, by who of them came and went since.
    """
    today = clock.today(organisation().time_zone)
    start = today - timedelta(days=days - 1)
    moves = _kept(segments, start) if kind.scope(user).everything else _seen(kind, segments, start, user)
    newest_first = [today - timedelta(days=back) for back in range(days)]
    return {segment.pk: _backwards(moves[segment.pk], newest_first) for segment in segments}


def since_made(points: Sequence[Point], segment: Segment, zone: tzinfo) -> list[Point]:
    """Those of some days of a zone on which the segment was there; at least the last."""
    made = segment.created_at.astimezone(zone).date()
    return [point for point in points if point.day >= made] or list(points[-1:])


def _backwards(moves: Moves, newest_first: Sequence[date]) -> list[Point]:
    points, size = [], moves.size
    for day in newest_first:
        came, went = moves.days.get(day, (0, 0))
        points.append(Point(day, max(size, 0), came, went))
        size += went - came
    return points[::-1]


def _kept(segments: Sequence[Segment], start: date) -> dict[int, Moves]:
    moves = {segment.pk: Moves(segment.standing.size) for segment in segments}
    rows = Day.objects.filter(segment__in=list(moves), day__gte=start)
    for key, day, came, went in rows.values_list("segment_id", "day", "joined", "left"):
        moves[key].add(day, came, went)
    return moves


def _seen(kind: Segmentable, segments: Sequence[Segment], start: date, user: Any) -> dict[int, Moves]:
    """The records that somebody sees are found once, way after way; who of them is in, came and went."""
    values: dict[str, Any] = {
        "segments": [segment.pk for segment in segments],
        "since": moment_of(start),
        "zone": organisation().time_zone,
    }
    pieces = []
    for source, params in kind.branches(kind.scope(user)):
        piece, values = named(f"SELECT {kind.about.id} AS id FROM {source} AND {kind.in_use}", params, values)
        pieces.append(piece)
    moves: dict[int, Moves] = defaultdict(Moves)
    with connection.cursor() as cursor:
        cursor.execute(_seen_sql(pieces, len(segments)), values)
        for key, came, went, many in cursor.fetchall():
            moves[key].add(came, int(many), 0)
            if went:
                moves[key].add(went, 0, int(many))
            else:
                moves[key].size += int(many)
    return moves


def _seen_sql(pieces: Sequence[str], segments: int) -> str:
    seen = " UNION ALL ".join(pieces)
    if segments <= FEW:
        inside = _OF_FEW.format(seen="(SELECT ids FROM seen)::bigint[]")
        return f"WITH seen AS MATERIALIZED (SELECT ARRAY({seen}) AS ids)" + _BY_DAY.format(inside=inside)
    return f"WITH seen AS MATERIALIZED ({seen})" + _BY_DAY.format(inside=_OF_MANY)
