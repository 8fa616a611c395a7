"""Schemas of what belongs to signing in."""

from typing import Any

from leadline.api.describing.operations import fields
from leadline.api.describing.shapes import DAY_OR_NULL, MOMENT_OR_NULL, NUMBER, TEXT, TEXTS

_MOMENT = {"type": "string", "format": "date-time"}

SIGNING: dict[str, dict[str, Any]] = {
    "Session": fields(
        {
            "id": NUMBER,
            "device": TEXT,
            "address": {"type": ["string", "null"]},
            "way": {"enum": ["password", "passkey", "single_sign_on", "link"]},
            "began_at": _MOMENT,
            "seen_at": _MOMENT,
        },
        "id",
    ),
    "Token": fields(
        {
            "id": NUMBER,
            "name": TEXT,
            "scopes": TEXTS,
            "created_at": _MOMENT,
            "last_used_on": DAY_OR_NULL,
            "expires_at": MOMENT_OR_NULL,
            "revoked_at": MOMENT_OR_NULL,
        },
        "id",
    ),
    "Invitation": fields(
        {
            "id": NUMBER,
            "email": TEXT,
            "roles": TEXTS,
            "team": {"type": ["integer", "null"]},
            "created_at": _MOMENT,
            "expires_at": _MOMENT,
            "link": {
                "type": ["string", "null"],
                "description": "Where no mail goes out, in this answer alone.",
            },
        },
        "id",
    ),
}
