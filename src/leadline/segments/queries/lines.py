"""The segments that somebody sees, with sizes and trend (CUS-18)."""

from dataclasses import dataclass
from typing import Any

from leadline.segments.drawing import Chart, chart_of
from leadline.segments.kinds import Segmentable, segmentables
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


def _lines(kind: Segmentable, segments: list[Segment], user: Any) -> list[Line]:
    points = trends(kind, segments, user, days=TREND_DAYS)
    return [Line(segment, points[segment.pk][-1].size, points[segment.pk]) for segment in segments]
