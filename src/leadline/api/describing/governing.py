"""Schemas of erasures, consents, rules of retention and legal holds."""

from leadline.api.describing.operations import fields
from leadline.api.describing.shapes import ANY, COUNTS, MOMENT_OR_NULL, NUMBER, TEXT, YES, Schema

ERASURE = fields(
    {
        "id": NUMBER,
        "kind": TEXT,
        "record": NUMBER,
        "reason": TEXT,
        "state": {"enum": ["requested", "waiting", "done", "withdrawn"]},
        "counts": COUNTS,
        "requested_at": MOMENT_OR_NULL,
        "done_at": MOMENT_OR_NULL,
        "files_done_at": MOMENT_OR_NULL,
        "files": {
            "type": "array",
            "items": fields({"holder": TEXT, "id": NUMBER, "names": YES, "verdict": TEXT}),
        },
    },
    "id",
    "state",
)
CONSENT = fields(
    {
        "id": NUMBER,
        "channel": TEXT,
        "state": {"enum": ["given", "withdrawn", ""]},
        "stated_on": {"type": "string", "format": "date"},
        "source": TEXT,
        "text_version": TEXT,
        "recorded_at": MOMENT_OR_NULL,
    },
    "id",
)
RETENTION_RULE = fields(
    {
        "id": NUMBER,
        "name": TEXT,
        "kind": {"enum": ["customer", "contact"]},
        "where": ANY,
        "days": NUMBER,
        "since": {"enum": ["created_at", "updated_at"]},
        "deed": {"enum": ["archive", "anonymise"]},
        "is_active": YES,
        "ran_at": MOMENT_OR_NULL,
        "last_done": NUMBER,
        "due": NUMBER,
    },
    "id",
)
LEGAL_HOLD = fields(
    {
        "id": NUMBER,
        "kind": TEXT,
        "record": NUMBER,
        "reason": TEXT,
        "until": {"type": ["string", "null"], "format": "date"},
        "set_at": MOMENT_OR_NULL,
        "lifted_at": MOMENT_OR_NULL,
    },
    "id",
)
GOVERNING: dict[str, Schema] = {
    "Erasure": ERASURE,
    "Consent": CONSENT,
    "LegalHold": LEGAL_HOLD,
    "RetentionRule": RETENTION_RULE,
}
