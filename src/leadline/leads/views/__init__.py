"""The doors of leads: the list, the lead's page, the verbs, the queue, the settings."""

from leadline.leads.views.activities import archive_activity, edit_activity, log_activity
from leadline.leads.views.changing import add, edit
from leadline.leads.views.consenting import consent, mail
from leadline.leads.views.converting import convert, of_customer
from leadline.leads.views.list import (
    bulk,
    change_view,
    choose_columns,
    choose_filter,
    count_all,
    export,
    lead_list,
    options,
    remove_view,
    save_view,
    view_counts,
)
from leadline.leads.views.record import history, on_platform, page
from leadline.leads.views.settings import (
    add_listed,
    bring_back,
    change_listed,
    move_listed,
    retire,
    set_hours,
    set_letters,
    settings,
)
from leadline.leads.views.shifting import end_shift
from leadline.leads.views.verbs import (
    archive,
    assign,
    disqualify,
    reopen,
    restore,
    stage,
    star,
    tag,
    unstar,
)
from leadline.leads.views.working import queue, work

__all__ = [
    "add",
    "add_listed",
    "archive",
    "archive_activity",
    "assign",
    "bring_back",
    "bulk",
    "change_listed",
    "change_view",
    "choose_columns",
    "choose_filter",
    "consent",
    "convert",
    "count_all",
    "disqualify",
    "edit",
    "edit_activity",
    "end_shift",
    "export",
    "history",
    "lead_list",
    "log_activity",
    "mail",
    "move_listed",
    "of_customer",
    "on_platform",
    "options",
    "page",
    "queue",
    "remove_view",
    "reopen",
    "restore",
    "retire",
    "save_view",
    "set_hours",
    "set_letters",
    "settings",
    "stage",
    "star",
    "tag",
    "unstar",
    "view_counts",
    "work",
]
