"""Who may do what with segments (CUS-16)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.people.permissions import permissions_for
from leadline.segments.models import Segment
from leadline.segments.verbs import SEGMENT_VERBS

permissions_for(
    "segment",
    _("Segments"),
    "view create edit archive share",
    scopes=("own", "team", "all"),
    objects=_("segments"),
    words={
        "view": (_("See"), _("Find them and read who is in them."), _("see %(objects)s")),
        "edit": (_("Edit"), _("Change rule and members."), _("edit %(objects)s")),
        "share": (_("Share"), _("Show them to the team, or to everybody."), _("share %(objects)s")),
    },
)


def may_create_segments(user: Any) -> bool:
    """Make segments of one's own."""
    return bool(user.is_system or user.may("segment", "create"))


def may_edit_segment(user: Any, segment: Segment) -> bool:
    """Change name, rule and members."""
    return SEGMENT_VERBS["edit"].allows(user, segment)


def may_archive_segment(user: Any, segment: Segment) -> bool:
    """Take it out of use, and bring it back."""
    return SEGMENT_VERBS["restore" if segment.is_archived else "archive"].allows(user, segment)


def may_share_segment(user: Any, visibility: str) -> bool:
    """Keep one so that these see it: anybody for themselves, by role for a team or everybody."""
    if user.is_system or visibility == Segment.Visibility.PRIVATE:
        return True
    scope = user.grants.scope("segment", "share") if user.is_active else None
    return scope == "all" or (scope == "team" and visibility == Segment.Visibility.TEAM)
