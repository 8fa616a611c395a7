"""Schemas of hand-overs and their sheets."""

from leadline.api.describing.operations import fields
from leadline.api.describing.schemas import NAMED, USER
from leadline.api.describing.shapes import (
    DAY_OR_NULL,
    MOMENT_OR_NULL,
    NUMBER,
    NUMBER_OR_NULL,
    TEXT,
    TEXTS,
    Schema,
)
from leadline.handovers.models import Handover

USER_OR_NULL: Schema = {"anyOf": [USER, {"type": "null"}]}
OBJECTS: Schema = {"type": "array", "items": {"type": "object"}}
WHY: Schema = {"type": "array", "items": fields({"reason": TEXT, "count": NUMBER})}

HANDOVER = fields(
    {
        "id": NUMBER,
        "title": TEXT,
        "reason": {"enum": Handover.Reason.values},
        "way": {"enum": Handover.Way.values},
        "state": {"enum": [*Handover.State.values, "undone"]},
        "person": USER_OR_NULL,
        "to": USER_OR_NULL,
        "team": {"anyOf": [NAMED, {"type": "null"}]},
        "overflow": USER_OR_NULL,
        "starts_on": DAY_OR_NULL,
        "ends_on": DAY_OR_NULL,
        "total": NUMBER,
        "outcome": fields({"moved": NUMBER, "refused": NUMBER, "gone": NUMBER}),
        "job": NUMBER_OR_NULL,
        "change_set": NUMBER_OR_NULL,
        "started_by": USER,
        "created_at": MOMENT_OR_NULL,
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
        "stay": TEXTS,
    },
    "total",
)
SHEET = fields(
    {
        "id": NUMBER,
        "handover": NUMBER,
        "owner": USER,
        "accepted_at": MOMENT_OR_NULL,
        "remarks": TEXT,
        "created_at": MOMENT_OR_NULL,
        "sections": OBJECTS,
        "next": NUMBER_OR_NULL,
    },
    "id",
)
