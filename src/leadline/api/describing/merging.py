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
