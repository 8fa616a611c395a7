"""The shapes of compliance."""

from leadline.api.describing.operations import fields, ref
from leadline.api.describing.schemas import shown
from leadline.api.describing.shapes import MOMENT_OR_NULL, NUMBER, TEXT, YES, Schema
from leadline.compliance.fields import PROCEDURE

_DAY = {"type": ["string", "null"], "format": "date"}
_NAMED = fields({"id": NUMBER, "name": TEXT}, "id", "name")
COMPLIANCE: dict[str, Schema] = {
    "Procedure": shown(PROCEDURE),
    "ComplianceDocument": fields(
        {"id": NUMBER, "name": TEXT, "media_type": TEXT, "size": NUMBER, "uploaded_at": MOMENT_OR_NULL},
        "id",
        "name",
    ),
    "ComplianceCheck": fields(
        {
            "id": NUMBER,
            "item": _NAMED,
            "state": {"enum": ["open", "approved", "declined", "expired"]},
            "reason": TEXT,
            "expires_on": _DAY,
            "decided_at": MOMENT_OR_NULL,
            "decided_by": {"anyOf": [_NAMED, {"type": "null"}]},
            "documents": {"type": "array", "items": ref("ComplianceDocument")},
        },
        "id",
        "item",
        "state",
    ),
    "ComplianceItem": fields(
        {
            "id": NUMBER,
            "key": TEXT,
            "name": TEXT,
            "help": TEXT,
            "needs_document": YES,
            "months": {"type": ["integer", "null"]},
            "retired_at": MOMENT_OR_NULL,
        },
        "id",
        "name",
    ),
}
