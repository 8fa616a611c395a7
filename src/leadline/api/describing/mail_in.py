"""The shapes of mail that comes in (LEA-2)."""

from typing import Any

from leadline.api.describing.mail import MOMENT, TEXT
from leadline.api.describing.operations import fields
from leadline.api.describing.shapes import Schema
from leadline.intake.models import IntakeAddress, Letter

_KEY: Schema = {"type": ["integer", "null"]}
SETTABLE: dict[str, Any] = {
    "email": {**TEXT, "maxLength": 254},
    "host": {**TEXT, "maxLength": 253, "description": "Of the IMAP server; empty: letters are handed in."},
    "port": {"type": "integer", "minimum": 1, "maximum": 65_535},
    "security": {"enum": IntakeAddress.Security.values},
    "user_name": {**TEXT, "maxLength": 254},
    "password": {**TEXT, "maxLength": 500, "description": "Kept encrypted, never shown."},
    "folder": {**TEXT, "maxLength": 200},
    "language": {**TEXT, "description": "Such as en: of new leads."},
    "source": {**TEXT, "maxLength": 100},
    "campaign": {**TEXT, "maxLength": 100},
    "desk": {"enum": IntakeAddress.Desk.values},
    "is_on": {"type": "boolean", "description": "Whether its mailbox is looked into each minute."},
}
ADDRESS = fields(
    {
        "id": {"type": "integer"},
        **{name: shape for name, shape in SETTABLE.items() if name != "password"},
        "has_password": {"type": "boolean"},
        "polled_at": MOMENT,
        "trouble": {**TEXT, "description": "Why the last look failed; empty when it did not."},
        "archived_at": MOMENT,
        "created_at": MOMENT,
        "updated_at": MOMENT,
    }
)
_LETTER: dict[str, Schema] = {
    "id": {"type": "integer"},
    "address": fields({"id": {"type": "integer"}, "email": TEXT}),
    "door": {"enum": Letter.Door.values},
    "from": TEXT,
    "name": TEXT,
    "subject": TEXT,
    "sent_at": MOMENT,
    "taken_at": MOMENT,
    "size": {"type": "integer", "description": "Bytes."},
    "state": {"enum": Letter.State.values},
    "reason": {**TEXT, "description": "Why it was left aside, or not understood."},
    "lead": _KEY,
    "customer": _KEY,
}
MAIL_IN: dict[str, Schema] = {
    "IntakeAddress": ADDRESS,
    "Letter": fields(_LETTER),
    "LetterTaken": fields({**_LETTER, "again": {"type": "boolean", "description": "It was here already."}}),
    "MailboxTried": fields({"works": {"type": "boolean"}, "letters": _KEY, "trouble": TEXT}),
}
