"""The shapes of what stands beside leads: the queue, stages, reasons, hours."""

from leadline.api.describing.operations import fields, ref
from leadline.api.describing.shapes import MOMENT_OR_NULL, NUMBER, NUMBER_OR_NULL, TEXT, Schema

_LISTED: Schema = {
    "id": NUMBER,
    "key": {**TEXT, "description": "Of those that come with the product."},
    "name": TEXT,
    "position": NUMBER,
    "retired_at": MOMENT_OR_NULL,
}
_LETTERS = ("welcome", "reach_you")
LEADS: dict[str, Schema] = {
    "LeadQueue": fields(
        {
            "waiting": NUMBER,
            "callable_now": NUMBER,
            "callbacks": NUMBER,
            "next": {"anyOf": [ref("Lead"), {"type": "null"}]},
        },
        "waiting",
        "next",
    ),
    "LeadShift": fields(
        {
            "ending": NUMBER,
            "starring": NUMBER,
            "zones": {
                "type": "array",
                "items": fields({"zone": TEXT, "leads": NUMBER, "until": MOMENT_OR_NULL}),
            },
        },
        "ending",
        "starring",
    ),
    "LeadStage": fields(
        {
            **_LISTED,
            "kind": {"enum": ["open", "won", "lost"]},
            "most": {
                "type": ["integer", "null"],
                "description": "How many leads should stand in it at once.",
            },
        },
        "id",
        "name",
        "kind",
    ),
    "LeadReason": fields(_LISTED, "id", "name"),
    "LeadLetters": fields({letter: NUMBER_OR_NULL for letter in _LETTERS}, *_LETTERS),
    "CallingHours": fields(
        {"begins": TEXT, "ends": TEXT, "days": {"type": "array", "items": NUMBER}}, "begins", "ends", "days"
    ),
}
