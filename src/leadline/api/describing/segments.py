"""The shapes of segments and their members."""

from leadline.api.describing.schemas import NAMED, USER
from leadline.api.describing.shapes import Schema

MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
SEGMENT: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "kind": {"enum": ["customer", "contact"]},
        "name": {"type": "string"},
        "description": {"type": "string"},
        "dynamic": {"type": "boolean", "description": "By its rule; otherwise picked by hand."},
        "rule": {"type": "object", "description": "A condition; {} for a static segment."},
        "sentence": {"type": "string", "description": "The rule in words."},
        "visibility": {"enum": ["private", "team", "everybody"]},
        "owner": USER,
        "size": {"type": "integer", "description": "How many of those that you see are in it."},
        "size_exact": {"type": "boolean", "description": "Otherwise at least so many."},
        "finding": {"type": "boolean", "description": "Its members are being found right now."},
        "trouble": {
            "type": "string",
            "description": "Why its rule can't be asked any more; empty if it can.",
        },
        "evaluated_at": MOMENT,
        "archived_at": MOMENT,
        "created_at": MOMENT,
        "updated_at": MOMENT,
    },
    "required": ["id"],
}
MEMBER: Schema = {
    "type": "object",
    "properties": {
        "record": NAMED,
        "joined_at": MOMENT,
        "left_at": MOMENT,
        "joined_by": {"type": "string", "description": "Who put it in; empty where the rule did."},
        "left_by": {"type": "string"},
    },
    "required": ["record", "joined_at"],
}
PICKED: Schema = {
    "type": "object",
    "properties": {
        "changed": {"type": "array", "items": {"type": "integer"}},
        "unchanged": {"type": "integer"},
        "refused": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"id": {"type": "integer"}, "message": {"type": "string"}},
            },
        },
    },
    "required": ["changed", "unchanged", "refused"],
}
COUNTED: Schema = {
    "type": "object",
    "properties": {
        "count": {"type": ["integer", "null"], "description": "Null where the time did not suffice."},
        "exact": {"type": "boolean"},
        "between": {
            "type": ["array", "null"],
            "items": {"type": "integer"},
            "description": "Of an estimate: where the truth lies 19 times of 20.",
        },
        "sample": {"type": "array", "items": {"type": "integer"}, "description": "Ids of a few that fit."},
        "sentence": {"type": "string"},
    },
    "required": ["count", "exact", "sample", "sentence"],
}
