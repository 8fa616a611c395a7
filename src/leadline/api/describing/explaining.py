"""What the API answers where it refuses (ALL-2), and to “Why?” (PPL-5)."""

from leadline.api.describing.operations import fields
from leadline.api.describing.shapes import ANY, DAY_OR_NULL, MOMENT_OR_NULL, NUMBER, TEXT, YES, Schema

SAID = fields({"code": TEXT, "message": TEXT}, "code", "message")
REASON = fields(
    {
        "code": {
            "type": "string",
            "description": "not_found, no_permission, out_of_scope, not_yours, viewing_as, or a state:"
            " archived, customer_archived, blocked, erased, customer_erased, not_archived, not_blocked.",
        },
        "message": TEXT,
        "you_can_lift_it_by": {**TEXT, "description": "What you can do yourself to end the state."},
    },
    "code",
    "message",
)
HELPER = fields(
    {
        "id": NUMBER,
        "name": TEXT,
        "email": TEXT,
        "as": {**TEXT, "description": "Owner, manager of a team, a role."},
        "away_until": DAY_OR_NULL,
    },
    "id",
    "name",
    "as",
)
VERDICT = fields(
    {
        "verb": TEXT,
        "label": TEXT,
        "allowed": YES,
        "message": TEXT,
        "reasons": {"type": "array", "items": REASON},
    },
    "verb",
    "allowed",
    "reasons",
)
EXPLANATION = fields(
    {
        "kind": TEXT,
        "id": {"type": ["integer", "null"], "description": "Only of a record that you see."},
        "found": {
            "type": ["boolean", "null"],
            "description": "Whether you see the record; null where none was named.",
        },
        "scope": {**TEXT, "description": "Which records your roles show you."},
        "verbs": {"type": "array", "items": VERDICT},
        "facts": {"type": "array", "items": SAID},
        "who_can_help": {"type": "array", "items": HELPER},
    },
    "kind",
    "id",
    "found",
    "verbs",
    "who_can_help",
)
QUERY: list[Schema] = [
    {
        "name": "kind",
        "description": "customer, contact, note, activity, promise, or an object of /permissions.",
        "schema": TEXT,
    },
    {
        "name": "id",
        "description": "A record of that kind; in general without.",
        "schema": NUMBER,
    },
    {"name": "verb", "description": "One verb, such as edit; all without.", "schema": TEXT},
]
PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457 problem details.",
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": NUMBER,
        "detail": TEXT,
        "errors": {
            "type": "array",
            "items": fields(
                {"field": {"type": ["string", "null"]}, "value": ANY, "message": TEXT}, "message"
            ),
        },
        "who_can_help": TEXT,
        "why": {"type": "string", "description": "Where a refusal (403, 404) is explained."},
        "version": NUMBER,
        "changes": {
            "type": "array",
            "items": fields(
                {
                    "field": TEXT,
                    "label": TEXT,
                    "theirs": ANY,
                    "who": TEXT,
                    "at": MOMENT_OR_NULL,
                }
            ),
        },
    },
    "required": ["type", "title", "status", "detail", "errors"],
    "example": {
        "type": "urn:leadline:problem:unprocessable-entity",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "E-mail is missing.",
        "errors": [{"field": "email", "value": None, "message": "E-mail is missing."}],
    },
}
