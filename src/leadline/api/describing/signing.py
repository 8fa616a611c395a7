"""Schemas of what belongs to signing in."""

from typing import Any

from leadline.api.describing.operations import fields

_NUMBER = {"type": "integer"}
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_MOMENT = {"type": "string", "format": "date-time"}
_PERHAPS_MOMENT = {"type": ["string", "null"], "format": "date-time"}
_PERHAPS_DAY = {"type": ["string", "null"], "format": "date"}

SIGNING: dict[str, dict[str, Any]] = {
    "Session": fields(
        {
            "id": _NUMBER,
            "device": _TEXT,
            "address": {"type": ["string", "null"]},
            "way": {"enum": ["password", "passkey", "single_sign_on", "link"]},
            "began_at": _MOMENT,
            "seen_at": _MOMENT,
        },
        "id",
    ),
    "Token": fields(
        {
            "id": _NUMBER,
            "name": _TEXT,
            "scopes": _TEXTS,
            "created_at": _MOMENT,
            "last_used_on": _PERHAPS_DAY,
            "expires_at": _PERHAPS_MOMENT,
            "revoked_at": _PERHAPS_MOMENT,
        },
        "id",
    ),
    "Invitation": fields(
        {
            "id": _NUMBER,
            "email": _TEXT,
            "roles": _TEXTS,
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
