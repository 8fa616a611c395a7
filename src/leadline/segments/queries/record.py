"""The segments of one record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadline.segments.kinds import Segmentable
from leadline.segments.models import Member, Segment
from leadline.segments.policies import may_edit_segment


@dataclass(frozen=True)
class In:
    """A segment that a record is in, since when, and whether the reader may take it out."""

    segment: Segment
    since: datetime
    may_take_out: bool


def segments_with(kind: Segmentable, record: int, user: Any) -> list[In]:
    """The segments that a record is in, of those the reader sees, by name; one query."""
    seen = Segment.objects.visible_to(user).current().filter(kind=kind.kind)
    rows = Member.objects.filter(record_id=record, left_at=None, segment__in=seen)
    found = rows.select_related("segment__owner").order_by("segment__name")
    return [
        In(
            row.segment,
            row.joined_at,
            not row.segment.is_dynamic and may_edit_segment(user, row.segment),
        )
        for row in found
    ]
