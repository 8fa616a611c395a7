"""Pages of segments."""

from leadline.segments.views.building import add, build, edit, found
from leadline.segments.views.changing import archive, refresh, restore
from leadline.segments.views.looking import history, members, page, segments, standing
from leadline.segments.views.picking import options, pick, segments_of

__all__ = [
    "add",
    "archive",
    "build",
    "edit",
    "found",
    "history",
    "members",
    "options",
    "page",
    "pick",
    "refresh",
    "restore",
    "segments",
    "segments_of",
    "standing",
]
