"""What is done on a timeline. The app that owns the record (customers) says who may, and calls these."""

from leadline.timeline.actions.activities import (
    ActivityDraft,
    archive_activity,
    edit_activity,
    record_activities,
    record_activity,
    record_the_same,
)
from leadline.timeline.actions.carrying import carry_activities
from leadline.timeline.actions.erasing import (
    erase_file,
    erase_from_activities,
    erase_from_notes,
    erase_from_promises,
)
from leadline.timeline.actions.notes import (
    archive_note,
    attach_file,
    edit_note,
    pin_note,
    record_notes,
    remove_file,
    restore_file,
    restore_note,
    unpin_note,
    write_note,
)
from leadline.timeline.actions.notifying import mark_read, notify
from leadline.timeline.actions.promises import (
    edit_promise,
    give_up_promise,
    keep_promise,
    make_promise,
    reopen_promise,
)

__all__ = [
    "ActivityDraft",
    "archive_activity",
    "archive_note",
    "attach_file",
    "carry_activities",
    "edit_activity",
    "edit_note",
    "edit_promise",
    "erase_file",
    "erase_from_activities",
    "erase_from_notes",
    "erase_from_promises",
    "give_up_promise",
    "keep_promise",
    "make_promise",
    "mark_read",
    "notify",
    "pin_note",
    "record_activities",
    "record_activity",
    "record_notes",
    "record_the_same",
    "remove_file",
    "reopen_promise",
    "restore_file",
    "restore_note",
    "unpin_note",
    "write_note",
]
