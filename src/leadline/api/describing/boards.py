"""The shape of a board, whatever stands on it."""

from leadline.api.describing.operations import fields
from leadline.api.describing.shapes import NUMBER, TEXT, YES, Schema

_COLUMN = fields(
    {
        "key": {"type": ["integer", "string"], "description": "The value by which records stand in it."},
        "name": TEXT,
        "is_open": YES,
        "limit": {"type": ["integer", "null"], "description": "How many should stand in it at most."},
        "count": fields({"value": NUMBER, "exact": YES}, "value", "exact"),
        "worth": {
            "type": ["string", "null"],
            "description": "What they are worth together, in the organisation's currency; null where that "
            "is not known, or not all were counted.",
        },
        "data": {"type": "array", "items": {"type": "object"}, "description": "The latest to come there."},
    },
    "key",
    "name",
    "count",
    "data",
)
BOARD: Schema = fields({"columns": {"type": "array", "items": _COLUMN}}, "columns")
