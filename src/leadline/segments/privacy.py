"""What segments hold about persons: that somebody was gathered in one (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import (
    Holder,
    Person,
    Section,
    register_holder,
    register_texts,
    without_personal_data,
)
from leadline.segments.actions import erase_from_segments
from leadline.segments.models import Member, members_of


def held_memberships(person: Person) -> Section:
    """In which segments the person's own records are and were, and since when."""
    rows = Member.objects.none()
    for kind, ids in person.records.items():
        rows = rows | members_of(kind, ids)
    return list(rows.order_by("id").values("segment__name", "joined_at", "left_at"))


register_holder(
    Holder(
        "segments.members",
        _("Segments"),
        ("segments.Segment", "segments.Member", "segments.Pick"),
        held_memberships,
        erase_from_segments,
        {"segment_pick": ("record_id",)},
    )
)
without_personal_data(
    {
        "segments.Standing": "sizes",
        "segments.Day": "sizes",
        "segments.Place": "a number of the history",
    }
)
register_texts("segments_segment", "name", "description", "rule")
