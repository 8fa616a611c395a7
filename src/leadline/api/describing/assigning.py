"""The shapes of assignment: rules, shares, explanations, rehearsals, fairness."""

from leadline.api.describing.operations import fields
from leadline.api.describing.shapes import MOMENT_OR_NULL, NUMBER, TEXT, Schema

NUMBER_OR_NULL: Schema = {"type": ["number", "null"]}
PERSON: Schema = {"anyOf": [fields({"id": NUMBER, "email": TEXT, "name": TEXT}, "id"), {"type": "null"}]}
NUMBERS: Schema = {"type": "array", "items": NUMBER}
YES: Schema = {"type": "boolean"}
COUNTED: Schema = {"type": "array", "items": fields({"why": TEXT, "count": NUMBER})}

ASSIGNING: dict[str, Schema] = {
    "AssignmentRule": fields(
        {
            "id": NUMBER,
            "kind": TEXT,
            "name": TEXT,
            "position": NUMBER,
            "is_on": YES,
            "where": {"type": "object"},
            "way": {"enum": ["fair", "load", "even", "current", "person"]},
            "team": NUMBER_OR_NULL,
            "people": NUMBERS,
            "skills": NUMBERS,
            "in_territory": YES,
            "speaks": YES,
            "at_work": YES,
            "field": TEXT,
            "overflow": NUMBER_OR_NULL,
            "in_words": TEXT,
            "retired_at": MOMENT_OR_NULL,
            "version": NUMBER,
        },
        "id",
        "name",
        "position",
        "is_on",
        "in_words",
    ),
    "AssignmentSettings": fields({"kind": TEXT, "overflow": PERSON, "is_on": YES}, "kind", "is_on"),
    "AssignmentShare": fields(
        {
            "user": PERSON,
            "weight": NUMBER,
            "capacity": NUMBER_OR_NULL,
            "open": NUMBER,
            "at_work": YES,
            "skills": TEXT,
            "territories": TEXT,
        },
        "user",
        "weight",
    ),
    "AssignmentExplanation": fields(
        {
            "at": MOMENT_OR_NULL,
            "how": TEXT,
            "by": PERSON,
            "owner": PERSON,
            "rule": TEXT,
            "in_words": TEXT,
            "passed": {"type": "array", "items": fields({"rule": TEXT, "why": TEXT})},
            "able": NUMBER,
            "candidates": {
                "type": "array",
                "items": fields(
                    {
                        "user": PERSON,
                        "why": TEXT,
                        "open": NUMBER,
                        "capacity": NUMBER_OR_NULL,
                        "weight": NUMBER,
                        "owed": NUMBER_OR_NULL,
                        "zone": TEXT,
                        "at_work": YES,
                        "skills": TEXT,
                        "got_it": YES,
                    },
                    "user",
                ),
            },
            "lost": COUNTED,
            "beyond": NUMBER,
        },
        "owner",
    ),
    "AssignmentRehearsal": fields(
        {
            "total": NUMBER,
            "cut": YES,
            "same": NUMBER,
            "overflow": NUMBER,
            "unplaced": NUMBER,
            "had_nobody": NUMBER,
            "people": {"type": "array", "items": fields({"user": PERSON, "would": NUMBER, "has": NUMBER})},
            "by_rule": {"type": "array", "items": fields({"rule": TEXT, "count": NUMBER})},
            "samples": {
                "type": "array",
                "items": fields(
                    {
                        "id": NUMBER,
                        "owner": PERSON,
                        "now": PERSON,
                        "rule": TEXT,
                        "able": NUMBER,
                        "passed": {"type": "array", "items": fields({"rule": TEXT, "why": TEXT})},
                        "lost": COUNTED,
                    }
                ),
            },
        },
        "total",
        "people",
    ),
    "AssignmentFairness": fields(
        {
            "total": NUMBER,
            "least": NUMBER,
            "middle": NUMBER,
            "most": NUMBER,
            "people": {
                "type": "array",
                "items": fields(
                    {
                        "user": PERSON,
                        "assigned": NUMBER,
                        "weight": NUMBER,
                        "per_share": NUMBER,
                        "won": NUMBER,
                        "overflow": NUMBER,
                        "by_hand": NUMBER,
                        "by_rule": {"type": "object"},
                        "quality": {"type": "object"},
                        "top": {"type": "object"},
                        "owed": NUMBER,
                    }
                ),
            },
        },
        "total",
        "people",
    ),
}
