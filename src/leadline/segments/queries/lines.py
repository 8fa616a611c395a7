"""The segments that somebody sees, with sizes and trend (CUS-18)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leadline.segments.drawing import Chart, chart_of
from leadline.segments.kinds import Segmentable, segmentable, segmentables
from leadline.segments.models import Segment
from leadline.segments.queries.trend import Point, since_made, trends

TREND_DAYS = 30


@dataclass(frozen=True)
class Line:
    """A segment as the list shows it; size and trend are those of the records that the reader sees."""

    segment: Segment
    size: int
    trend: list[Point]

    @property
    def chart(self) -> Chart:
        """The trend as a line, from the day on which the segment was made."""
        return chart_of(since_made(self.trend, self.segment), width=90, height=22)

    @property
    def change(self) -> int:
        """How much larger it is than at the first day of the trend."""
        return self.size - self.trend[0].size


def lines_for(user: Any, *, kind: str = "", archived: bool = False, search: str = "") -> list[Line]:
    """The segments in use, or the archived ones, by kind and name: one more query for each kind."""
    rows = Segment.objects.visible_to(user).filter(archived_at__isnull=not archived)
    if search:
        rows = rows.filter(name__icontains=search)
    found: list[Line] = []
    for each in segmentables():
        if kind in ("", each.kind):
            segments = list(rows.of_kind(each.kind).select_related("owner", "standing"))
            found += _lines(each, segments, user) if segments else []
    return found


def sizes_of(segments: Iterable[Segment], user: Any) -> dict[int, int]:
    """How many of their members somebody sees: one query for each kind, or none for whoever sees all."""
    by_kind: dict[str, list[Segment]] = {}
    for segment in segments:
        by_kind.setdefault(segment.kind, []).append(segment)
    found = (_lines(segmentable(kind), of_kind, user, days=1) for kind, of_kind in by_kind.items())
    return {line.segment.pk: line.size for lines in found for line in lines}


def _lines(kind: Segmentable, segments: list[Segment], user: Any, *, days: int = TREND_DAYS) -> list[Line]:
    points = trends(kind, segments, user, days=days)
    return [Line(segment, points[segment.pk][-1].size, points[segment.pk]) for segment in segments]
