"""Schemas of hand-overs and their sheets."""

from typing import Any

from leadline.api.describing.operations import fields
from leadline.api.describing.schemas import NAMED, USER

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
NUMBER_OR_NULL: Schema = {"type": ["integer", "null"]}
DAY: Schema = {"type": ["string", "null"], "format": "date"}
MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
USER_OR_NULL: Schema = {"anyOf": [USER, {"type": "null"}]}
OBJECTS: Schema = {"type": "array", "items": {"type": "object"}}
WHY: Schema = {"type": "array", "items": fields({"reason": TEXT, "count": NUMBER})}

HANDOVER = fields(
    {
        "id": NUMBER,
        "title": TEXT,
        "reason": {"enum": ["leaver", "absence", "change"]},
        "way": {"enum": ["one", "even", "load", "territory", "language"]},
        "state": {"enum": ["planned", "begun", "returned", "called_off", "undone"]},
        "person": USER_OR_NULL,
        "to": USER_OR_NULL,
        "team": {"anyOf": [NAMED, {"type": "null"}]},
        "overflow": USER_OR_NULL,
        "starts_on": DAY,
        "ends_on": DAY,
        "total": NUMBER,
        "outcome": fields({"moved": NUMBER, "refused": NUMBER, "gone": NUMBER}),
        "job": NUMBER_OR_NULL,
        "change_set": NUMBER_OR_NULL,
        "started_by": USER,
        "created_at": MOMENT,
        "sheets": OBJECTS,
    },
    "id",
    "state",
)
PREVIEW = fields(
    {
        "total": NUMBER,
        "looked_at": NUMBER,
        "shares": {
            "type": "array",
            "items": fields({"owner": USER, "has": NUMBER, "gets": NUMBER, "why": WHY}),
        },
        "refused": WHY,
        "stay": {"type": "array", "items": {"type": "string"}},
    },
    "total",
)
SHEET = fields(
    {
        "id": NUMBER,
        "handover": NUMBER,
        "owner": USER,
        "accepted_at": MOMENT,
        "remarks": TEXT,
        "created_at": MOMENT,
        "sections": OBJECTS,
        "next": NUMBER_OR_NULL,
    },
    "id",
)
