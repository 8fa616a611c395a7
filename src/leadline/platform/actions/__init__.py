"""The verbs of the platform."""

from leadline.platform.actions.erasing import erase_from_platform
from leadline.platform.actions.folding import count_anew, count_next, fold_usage
from leadline.platform.actions.forgetting import forget_seen_events, let_go_who_left
from leadline.platform.actions.ingesting import ingest_events
from leadline.platform.actions.keys import make_ingest_key, note_key_used, renew_ingest_key, revoke_ingest_key
from leadline.platform.actions.linking import link_platform_users, link_those_waiting_for, link_users_to
from leadline.platform.actions.measuring import measure_all, measure_customers, measure_next, tally_use
from leadline.platform.actions.rules import change_platform_rules

__all__ = [
    "change_platform_rules",
    "count_anew",
    "count_next",
    "erase_from_platform",
    "fold_usage",
    "forget_seen_events",
    "ingest_events",
    "let_go_who_left",
    "link_platform_users",
    "link_those_waiting_for",
    "link_users_to",
    "make_ingest_key",
    "measure_all",
    "measure_customers",
    "measure_next",
    "note_key_used",
    "renew_ingest_key",
    "revoke_ingest_key",
    "tally_use",
]
