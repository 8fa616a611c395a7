"""The shapes of scoring (LEA-12)."""

from typing import Any

from leadline.api.describing.mail import MOMENT, TEXT
from leadline.api.describing.operations import fields
from leadline.api.describing.shapes import Schema
from leadline.leads.models import Band
from leadline.scoring.models import LearntModel

RULE_SETTABLE: dict[str, Any] = {
    "name": {**TEXT, "maxLength": 80},
    "where": {"type": "object", "description": "A condition over leads."},
    "points": {"type": "integer", "minimum": -100, "maximum": 100, "not": {"const": 0}},
}
BASIS_SETTABLE: dict[str, Any] = {
    "is_automatic": {"type": "boolean"},
    "horizon_days": {"type": "integer", "minimum": 14, "maximum": 365},
    "hot_from": {
        "type": "integer",
        "minimum": 2,
        "maximum": 100,
        "description": "From which score on a lead is hot.",
    },
    "warm_from": {"type": "integer", "minimum": 1, "maximum": 99, "description": "Below it a lead is cool."},
}
_ID: Schema = {"type": "integer"}
RULE = fields(
    {
        "id": _ID,
        **RULE_SETTABLE,
        "sentence": {**TEXT, "description": "The condition in words; empty where it means nothing any more."},
        "retired_at": MOMENT,
        "created_at": MOMENT,
        "updated_at": MOMENT,
    },
    "id",
)
BASIS = fields(
    {
        "model": {"type": ["integer", "null"], "description": "Null: the rules count."},
        **BASIS_SETTABLE,
    }
)
MODEL = fields(
    {
        "id": _ID,
        "learnt_at": MOMENT,
        "state": {"enum": LearntModel.State.values},
        "card": {"type": "object", "description": "What was learnt from, left out, and measured."},
    },
    "id",
)
SCORE = fields(
    {
        "score": {"type": ["integer", "null"], "minimum": 0, "maximum": 100},
        "band": {"enum": [*Band.values, None]},
        "by": {"enum": ["rules", "model"]},
        "model": {"type": ["integer", "null"]},
        "chance": {"type": ["number", "null"], "description": "In percent, by the model."},
        "reasons": {
            "type": "array",
            "items": fields(
                {
                    "words": TEXT,
                    "weight": {"type": "number", "description": "Points of a rule; log odds in the model."},
                }
            ),
        },
    }
)
SCORING: dict[str, Schema] = {
    "ScoreRule": RULE,
    "ScoreBasis": BASIS,
    "LearntModel": MODEL,
    "LeadScore": SCORE,
}
