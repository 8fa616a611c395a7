"""The verbs of the audit (sealing, erasing content, removing, telling what was read) and of privacy."""

from leadline.governance.actions.consenting import (
    copy_consents,
    erase_consents,
    follow_consents,
    follow_merge,
    give_back_consents,
    note_consent,
)
from leadline.governance.actions.disclosing import erase_sensitive, reveal_sensitive, set_sensitive
from leadline.governance.actions.erasing import (
    confirm_erasure,
    decide_on_file,
    erase_when_free,
    request_erasure,
    sweep_erasure,
    withdraw_erasure,
)
from leadline.governance.actions.holding import lift_legal_hold, set_legal_hold
from leadline.governance.actions.keys import retire_key, rotate_key
from leadline.governance.actions.marking import begin_marking, end_marking, mark_portion, mark_records
from leadline.governance.actions.reading import record_reads
from leadline.governance.actions.redacting import redact
from leadline.governance.actions.removing import remove_month
from leadline.governance.actions.reporting import start_report
from leadline.governance.actions.retaining import (
    carry_out,
    remove_retention_rule,
    retain,
    set_retention_rule,
)
from leadline.governance.actions.sealing import seal_stretch
from leadline.governance.actions.telling import tell_file_taken, tell_verified

__all__ = [
    "begin_marking",
    "carry_out",
    "confirm_erasure",
    "copy_consents",
    "decide_on_file",
    "end_marking",
    "erase_consents",
    "erase_sensitive",
    "erase_when_free",
    "follow_consents",
    "follow_merge",
    "give_back_consents",
    "lift_legal_hold",
    "mark_portion",
    "mark_records",
    "note_consent",
    "record_reads",
    "redact",
    "remove_month",
    "remove_retention_rule",
    "request_erasure",
    "retain",
    "retire_key",
    "reveal_sensitive",
    "rotate_key",
    "seal_stretch",
    "set_legal_hold",
    "set_retention_rule",
    "set_sensitive",
    "start_report",
    "sweep_erasure",
    "tell_file_taken",
    "tell_verified",
    "withdraw_erasure",
]
