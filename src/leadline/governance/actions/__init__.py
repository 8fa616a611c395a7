"""The verbs of the audit: sealing, erasing content, removing what is too old, telling what was read."""

from leadline.governance.actions.marking import mark_kind, mark_records
from leadline.governance.actions.reading import record_reads
from leadline.governance.actions.redacting import redact
from leadline.governance.actions.removing import remove_month
from leadline.governance.actions.sealing import seal_stretch
from leadline.governance.actions.telling import tell_file_taken, tell_verified

__all__ = [
    "mark_kind",
    "mark_records",
    "record_reads",
    "redact",
    "remove_month",
    "seal_stretch",
    "tell_file_taken",
    "tell_verified",
]
