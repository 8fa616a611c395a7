"""The verbs of the platform."""

from leadline.platform.actions.archiving import (
    archive_month,
    bring_month_back,
    note_archive_taken,
    put_month_away,
    replace_archive,
    take_month_back,
)
from leadline.platform.actions.erasing import erase_from_platform
from leadline.platform.actions.folding import count_anew, count_next, fold_usage
from leadline.platform.actions.forgetting import forget_seen_events, let_go_who_left
from leadline.platform.actions.ingesting import ingest_events
from leadline.platform.actions.keys import make_ingest_key, note_key_used, renew_ingest_key, revoke_ingest_key
from leadline.platform.actions.linking import link_platform_users, link_those_waiting_for, link_users_to
from leadline.platform.actions.measuring import measure_all, measure_customers, measure_next, tally_use
from leadline.platform.actions.rules import change_platform_rules, keep_events_for

__all__ = [
    "archive_month",
    "bring_month_back",
    "change_platform_rules",
    "count_anew",
    "count_next",
    "erase_from_platform",
    "fold_usage",
    "forget_seen_events",
    "ingest_events",
    "keep_events_for",
    "let_go_who_left",
    "link_platform_users",
    "link_those_waiting_for",
    "link_users_to",
    "make_ingest_key",
    "measure_all",
    "measure_customers",
    "measure_next",
    "note_archive_taken",
    "note_key_used",
    "put_month_away",
    "renew_ingest_key",
    "replace_archive",
    "revoke_ingest_key",
    "take_month_back",
    "tally_use",
]
