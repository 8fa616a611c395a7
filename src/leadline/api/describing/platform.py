"""What the API takes and answers about the company's platform."""

from typing import Any

from leadline.api.describing.operations import fields
from leadline.api.describing.schemas import shown
from leadline.api.describing.shapes import MOMENT_OR_NULL, NUMBER, TEXT, Schema
from leadline.automation.fields import CREDIT
from leadline.platform.fields import PAYMENT, PLATFORM_EVENT, PLATFORM_USER
from leadline.platform.kinds import KINDS

PLATFORM_COMPONENTS: dict[str, Schema] = {
    "PlatformEvent": shown(PLATFORM_EVENT),
    "Payment": shown(PAYMENT),
    "CreditedDeposit": shown(CREDIT),
    "PlatformUser": shown(PLATFORM_USER),
    "EventsTaken": fields(
        {
            "accepted": NUMBER,
            "duplicates": {"type": "integer", "description": "Came before; they count once."},
            "rejected": NUMBER,
            "errors": {
                "type": "array",
                "items": fields(
                    {
                        "index": {"type": "integer", "description": "Where it stood, from 0."},
                        "id": TEXT,
                        "field": {"type": ["string", "null"]},
                        "value": {},
                        "message": TEXT,
                    }
                ),
            },
        },
        "accepted",
        "duplicates",
        "rejected",
        "errors",
    ),
}
PLATFORM_COMPONENTS["IngestKey"] = fields(
    {
        "id": NUMBER,
        "name": TEXT,
        "secret": {"type": "string", "description": "Only in the answer that made it."},
        "created_at": MOMENT_OR_NULL,
        "renewed_at": MOMENT_OR_NULL,
        "revoked_at": MOMENT_OR_NULL,
        "last_used_at": MOMENT_OR_NULL,
    },
    "id",
    "name",
)
PLATFORM_COMPONENTS["ArchivedMonth"] = fields(
    {
        "id": NUMBER,
        "month": {"type": "string", "description": "Such as 2025-03, in UTC."},
        "events": NUMBER,
        "bytes": NUMBER,
        "sha256": TEXT,
        "archived_at": MOMENT_OR_NULL,
        "is_away": {"type": "boolean", "description": "In the file alone."},
        "stays_until": {**MOMENT_OR_NULL, "description": "Of a month that was brought back."},
    },
    "id",
    "month",
)
_EVENT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "maxLength": 200, "description": "Yours; sent twice it counts once."},
        "kind": {"enum": list(KINDS)},
        "time": {"type": "string", "format": "date-time", "description": "With its zone."},
        "user": {
            "type": "object",
            "properties": {
                name: {"type": "string"} for name in ("id", "email", "name", "phone", "country", "language")
            },
            "required": ["id"],
        },
    },
    "required": ["id", "kind", "time", "user"],
    "additionalProperties": {"description": "Details of the kind: amount, currency, method, page, …"},
}
EVENT_SENT: Schema = {"oneOf": [{"type": "array", "items": _EVENT, "maxItems": 1000}, _EVENT]}
EVENTS_EXAMPLE = [
    {
        "id": "evt-1",
        "kind": "deposit_failed",
        "time": "2026-03-04T09:30:00Z",
        "user": {"id": "u-17", "email": "anna@example.com"},
        "amount": "250.00",
        "currency": "EUR",
        "method": "card",
        "reason": "insufficient_funds",
    }
]
