"""What can be done with segments."""

from leadline.segments.actions.erasing import erase_from_segments
from leadline.segments.actions.evaluating import ask_for_refresh, evaluate, evaluate_due
from leadline.segments.actions.following import follow_entries
from leadline.segments.actions.making import (
    add_segment,
    archive_segment,
    change_segment,
    restore_segment,
)
from leadline.segments.actions.picking import Done, add_members, remove_members

__all__ = [
    "Done",
    "add_members",
    "add_segment",
    "archive_segment",
    "ask_for_refresh",
    "change_segment",
    "erase_from_segments",
    "evaluate",
    "evaluate_due",
    "follow_entries",
    "remove_members",
    "restore_segment",
]
