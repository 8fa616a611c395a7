"""Pages, panels and verbs of tasks (TIM-7)."""

from leadline.tasks.views.adding import add, quick
from leadline.tasks.views.list import (
    bulk,
    change_view,
    choose_columns,
    choose_filter,
    count_all,
    export,
    news,
    remove_view,
    save_view,
    todo,
    view_counts,
)
from leadline.tasks.views.record import about, history, next_step, page
from leadline.tasks.views.verbs import archive, assign, edit, finish, reopen, restore, snooze

__all__ = [
    "about",
    "add",
    "archive",
    "assign",
    "bulk",
    "change_view",
    "choose_columns",
    "choose_filter",
    "count_all",
    "edit",
    "export",
    "finish",
    "history",
    "news",
    "next_step",
    "page",
    "quick",
    "remove_view",
    "reopen",
    "restore",
    "save_view",
    "snooze",
    "todo",
    "view_counts",
]
