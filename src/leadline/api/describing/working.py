"""What the API answers about absences and skills."""

from typing import Any

from leadline.api.describing.operations import fields
from leadline.api.describing.schemas import USER
from leadline.people.working.models import Absence, Skill

DAY = {"type": "string", "format": "date"}
ABSENCE = fields(
    {
        "id": {"type": "integer"},
        "begins_on": DAY,
        "ends_on": DAY,
        "kind": {
            "enum": [*Absence.Kind.values, None],
            "description": "null for who may only know that somebody is away.",
        },
        "deputy": {"anyOf": [USER, {"type": "null"}]},
    },
    "id",
    "begins_on",
    "ends_on",
)
SKILL = fields(
    {
        "id": {"type": "integer"},
        "name": {"type": "string"},
        "kind": {"enum": Skill.Kind.values},
        "retired_at": {"type": ["string", "null"], "format": "date-time"},
    },
    "id",
    "name",
    "kind",
)
WORK: dict[str, Any] = {
    "customers": {
        "type": ["integer", "null"],
        "description": "How many the person has; null for who does not see them.",
    },
    "away_until": {"type": ["string", "null"], "format": "date"},
    "at_work": {"type": "boolean"},
    "skills": {
        "type": "array",
        "items": fields(
            {"id": {"type": "integer"}, "name": {"type": "string"}, "level": {"enum": [1, 2, 3]}}
        ),
    },
}
