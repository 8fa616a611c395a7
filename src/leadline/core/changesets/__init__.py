"""Every mass change is a change set: shown before it is done, done as a job, undone by a click (SIG-3)."""

from leadline.core.changesets.actions import change_set, open_change_set, start_change, undo_change_set
from leadline.core.changesets.hooks import after_undo, before_undo
from leadline.core.changesets.models import ChangeSet
from leadline.core.changesets.previewing import preview
from leadline.core.changesets.queries import ChangeSetState, KeptRow, change_set_state, kept_rows

__all__ = [
    "ChangeSet",
    "ChangeSetState",
    "KeptRow",
    "after_undo",
    "before_undo",
    "change_set",
    "change_set_state",
    "kept_rows",
    "open_change_set",
    "preview",
    "start_change",
    "undo_change_set",
]
