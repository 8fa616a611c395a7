"""The segments that somebody sees, with sizes and trend (CUS-18)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from leadline.core import clock
from leadline.core.drawing import Chart, chart_of
from leadline.core.organisation import organisation
from leadline.segments.kinds import Segmentable, segmentable, segmentables
from leadline.segments.models import Segment
from leadline.segments.queries.trend import Point, since_made, trends

TREND_DAYS = 30
# The columns of the list; a rule is not read for it.
SHOWN = (
    *("kind", "name", "description", "is_dynamic", "visibility", "created_at", "owner__name"),
    *("standing__size", "standing__is_filling", "standing__trouble"),
)


@dataclass(frozen=True)
class Line:
    """A segment as the list shows it; size and trend are those of the records that the reader sees."""

    segment: Segment
    size: int
    trend: list[Point]
    chart: Chart  # the trend as a line, from the day on which the segment was made

    @property
    def change(self) -> int:
        """How much larger it is than at the first day of the trend."""
        return self.size - self.trend[0].size


def lines_for(user: Any, *, kind: str = "", archived: bool = False, search: str = "") -> list[Line]:
    """The segments in use, or the archived ones, by kind and name: a query, and one more for each kind."""
    rows = Segment.objects.visible_to(user).filter(archived_at__isnull=not archived)
    if search:
        rows = rows.filter(name__icontains=search)
    by_kind: dict[str, list[Segment]] = {each.kind: [] for each in segmentables() if kind in ("", each.kind)}
    for segment in rows.filter(kind__in=by_kind).by_name().select_related("owner", "standing").only(*SHOWN):
        by_kind[segment.kind].append(segment)
    found: list[Line] = []
    for name, segments in by_kind.items():
        found += _lines(segmentable(name), segments, user) if segments else []
    return found


def sizes_of(segments: Iterable[Segment], user: Any) -> dict[int, int]:
    """How many of their members somebody sees: one query for each kind, or none for whoever sees all."""
    by_kind: dict[str, list[Segment]] = {}
    for segment in segments:
        by_kind.setdefault(segment.kind, []).append(segment)
    found = (trends(segmentable(kind), of_kind, user, days=1) for kind, of_kind in by_kind.items())
    return {key: points[-1].size for trend in found for key, points in trend.items()}


def _lines(kind: Segmentable, segments: list[Segment], user: Any) -> list[Line]:
    trend_of = trends(kind, segments, user, days=TREND_DAYS)
    zone = clock.zone_of(organisation().time_zone)
    return [_line(segment, trend_of[segment.pk], zone) for segment in segments]


def _line(segment: Segment, trend: list[Point], zone: tzinfo) -> Line:
    chart = chart_of([point.size for point in since_made(trend, segment, zone)], width=90, height=22)
    return Line(segment, trend[-1].size, trend, chart)
