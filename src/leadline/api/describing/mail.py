"""The shapes of e-mail templates and of what was sent."""

from leadline.api.describing.operations import fields
from leadline.api.describing.schemas import NAMED, USER
from leadline.api.describing.shapes import Schema
from leadline.core.mail.models import OutgoingMail

MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
TEXT: Schema = {"type": "string"}
TEXTS: Schema = {
    "type": "object",
    "description": "By language, such as en or id. An empty subject and body take a language away.",
    "additionalProperties": {
        "type": "object",
        "properties": {"subject": {**TEXT, "maxLength": 200}, "body": {**TEXT, "maxLength": 20_000}},
        "required": ["subject", "body"],
        "additionalProperties": False,
    },
}
TEMPLATE = fields(
    {
        "id": {"type": "integer"},
        "key": {**TEXT, "description": "Of a provided one; empty for those made here."},
        "name": TEXT,
        "purpose": TEXT,
        "texts": TEXTS,
        "archived_at": MOMENT,
        "created_at": MOMENT,
        "updated_at": MOMENT,
    },
    "id",
    "name",
    "texts",
)
SENT = fields(
    {
        "id": {"type": "integer"},
        "kind": {**TEXT, "description": "customer or contact."},
        "record": {"type": "integer"},
        "template": {"anyOf": [NAMED, {"type": "null"}]},
        "language": TEXT,
        "to": TEXT,
        "subject": TEXT,
        "state": {"enum": OutgoingMail.State.values},
        "error": TEXT,
        "by": USER,
        "created_at": MOMENT,
        "sent_at": MOMENT,
    },
    "id",
    "state",
)
