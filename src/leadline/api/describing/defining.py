"""Schemas of fields and of the definitions of custom ones."""

from leadline.api.describing.operations import fields
from leadline.api.describing.shapes import ANY, MOMENT_OR_NULL, NUMBER, TEXT, YES, Schema

CHOICE = fields({"key": TEXT, "label": TEXT, "retired": YES, "merged_into": TEXT}, "key", "label")
FIELD = fields(
    {
        "name": TEXT,
        "label": TEXT,
        "kind": TEXT,
        "custom": YES,
        "id": {"type": ["integer", "null"], "description": "Of a custom field, for administrators."},
        "section": TEXT,
        "help": TEXT,
        "synonyms": {"type": "array", "items": TEXT},
        "required": YES,
        "settable": {**YES, "description": "Whether you may give it a value."},
        "sortable": YES,
        "importable": YES,
        "exportable": YES,
        "is_key": YES,
        "currency": TEXT,
        "operators": {"type": "array", "items": TEXT},
        "choices": {"type": "array", "items": CHOICE},
    },
    "name",
    "label",
    "kind",
)
_AMOUNT: Schema = {"type": ["string", "null"]}
CUSTOM_FIELD = fields(
    {
        "id": NUMBER,
        "object": TEXT,
        "name": TEXT,
        "label": TEXT,
        "kind": TEXT,
        "help": TEXT,
        "section": TEXT,
        "synonyms": {"type": "array", "items": TEXT},
        "required": YES,
        "default": ANY,
        "currency": TEXT,
        "minimum": _AMOUNT,
        "maximum": _AMOUNT,
        "seen_by": {"type": "array", "items": TEXT},
        "set_by": {"type": "array", "items": TEXT},
        "is_key": YES,
        "personal": YES,
        "sortable": YES,
        "sorted": {**YES, "description": "Whether the index is built, and lists sort by it."},
        "choices": {"type": "array", "items": CHOICE},
        "position": NUMBER,
        "archived_at": MOMENT_OR_NULL,
    },
    "id",
    "object",
    "name",
)
FIELD_USE = fields(
    {"what": TEXT, "names": {"type": "array", "items": TEXT}, "count": NUMBER}, "what", "count"
)
SCHEMAS: dict[str, Schema] = {"Field": FIELD, "CustomField": CUSTOM_FIELD, "FieldUse": FIELD_USE}
