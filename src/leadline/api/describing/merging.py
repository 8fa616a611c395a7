"""What the API answers about merges and about likely duplicates."""

from leadline.api.describing.operations import fields

ID, TEXT = {"type": "integer"}, {"type": "string"}
ID_OR_NULL = {"type": ["integer", "null"]}
TEXTS = {"type": "array", "items": TEXT}
MERGED = fields(
    {
        "survivor": ID,
        "merged": {"type": "array", "items": ID},
        "moved": {**TEXTS, "description": "What moves over, in words."},
        "combined": {
            "type": "array",
            "items": {"type": "array", "items": ID},
            "description": "Contacts that become one, the survivor first.",
        },
        "told": {**TEXTS, "description": "What else to know, as a block that holds for the survivor too."},
        "change_set": {**ID_OR_NULL, "description": "By which it is undone; null in a preview."},
        "job": {**ID_OR_NULL, "description": "Where much hangs on the records; otherwise it is done."},
    },
    "survivor",
    "merged",
)
PAIR = fields(
    {
        "id": ID,
        "kind": {"enum": ["customer", "contact"]},
        "score": {**ID, "description": "How sure it is, in percent."},
        "reasons": {**TEXTS, "description": "In words."},
        "signs": {**TEXTS, "description": "The same as codes."},
        "group": {**ID, "description": "The same for pairs that hang together."},
        "records": {"type": "array", "items": fields({"id": ID, "name": TEXT}, "id")},
    },
    "id",
)
RULES = fields(
    {
        "kind": {"enum": ["customer", "contact"]},
        "rules": {
            "type": "object",
            "additionalProperties": fields(
                {
                    "weight": ID,
                    "least": ID,
                    "installed": {"type": "array", "items": ID, "description": "As it came."},
                }
            ),
        },
    },
    "kind",
    "rules",
)
