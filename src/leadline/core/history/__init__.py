"""History: every change of every business record, written by the database itself (ALL-4).

A model says `@tracked(…)`; `install()` gives its table statement-level triggers; questions are in `queries`.
"""

from leadline.core.history.models import HistoryEntry
from leadline.core.history.queries import changes_since, history_about, history_of
from leadline.core.history.told import told_of_kinds_sql, told_of_others, told_on, told_sql
from leadline.core.history.tracking import Tracking, tracked, tracked_models, tracking_of
from leadline.core.history.triggers import install

__all__ = [
    "HistoryEntry",
    "Tracking",
    "changes_since",
    "history_about",
    "history_of",
    "install",
    "told_of_kinds_sql",
    "told_of_others",
    "told_on",
    "told_sql",
    "tracked",
    "tracked_models",
    "tracking_of",
]
