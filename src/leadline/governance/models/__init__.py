"""Tables of the audit and of privacy."""

from leadline.governance.models.chain import Entry, RecordMarks, Redaction, Seal
from leadline.governance.models.consent import Channel, Consent, Contactable
from leadline.governance.models.privacy import Erasure, LegalHold
from leadline.governance.models.retention import RetentionRule
from leadline.governance.models.sensitive import Sensitive

__all__ = [
    "Channel",
    "Consent",
    "Contactable",
    "Entry",
    "Erasure",
    "LegalHold",
    "RecordMarks",
    "Redaction",
    "RetentionRule",
    "Seal",
    "Sensitive",
]
