"""The doors of customers: the list, the 360° page, and the verbs."""

from leadline.customers.views.activities import archive_activity, edit_activity, log_activity, log_anywhere
from leadline.customers.views.bulk import bulk, export
from leadline.customers.views.changing import add, edit, likely
from leadline.customers.views.contacts import (
    add_contact,
    archive_contact,
    edit_contact,
    likely_contacts,
    make_primary,
    move_contact,
    record_consent,
    restore_contact,
)
from leadline.customers.views.list import choose_columns, choose_filter, count_all, customer_list, options
from leadline.customers.views.merging import choose_contact_merge, choose_merge, merge, merge_contact
from leadline.customers.views.notes import (
    archive_note,
    attachment,
    edit_note,
    note_history,
    pin_note,
    remove_attachment,
    unpin_note,
    write_note,
)
from leadline.customers.views.promises import (
    edit_promise,
    give_up_promise,
    keep_promise,
    make_promise,
    reopen_promise,
)
from leadline.customers.views.record import activities, contacts, history, notes, page
from leadline.customers.views.saved_views import change_view, remove_view, save_view, view_counts
from leadline.customers.views.sensitive import reveal_sensitive, sensitive
from leadline.customers.views.verbs import archive, assign, block, restore, status, tag, unblock

__all__ = [
    "activities",
    "add",
    "add_contact",
    "archive",
    "archive_activity",
    "archive_contact",
    "archive_note",
    "assign",
    "attachment",
    "block",
    "bulk",
    "change_view",
    "choose_columns",
    "choose_contact_merge",
    "choose_filter",
    "choose_merge",
    "contacts",
    "count_all",
    "customer_list",
    "edit",
    "edit_activity",
    "edit_contact",
    "edit_note",
    "edit_promise",
    "export",
    "give_up_promise",
    "history",
    "keep_promise",
    "likely",
    "likely_contacts",
    "log_activity",
    "log_anywhere",
    "make_primary",
    "make_promise",
    "merge",
    "merge_contact",
    "move_contact",
    "note_history",
    "notes",
    "options",
    "page",
    "pin_note",
    "record_consent",
    "remove_attachment",
    "remove_view",
    "reopen_promise",
    "restore",
    "restore_contact",
    "reveal_sensitive",
    "save_view",
    "sensitive",
    "status",
    "tag",
    "unblock",
    "unpin_note",
    "view_counts",
    "write_note",
]
