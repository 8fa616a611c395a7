"""The shapes of web forms and of what visitors sent (LEA-2)."""

from typing import Any

from leadline.api.describing.mail import MOMENT, TEXT
from leadline.api.describing.operations import fields
from leadline.api.describing.schemas import NAMED, USER
from leadline.api.describing.shapes import Schema
from leadline.governance.models import Channel
from leadline.webforms.models import Submission, WebForm

WORDS: Schema = {
    "type": "object",
    "additionalProperties": TEXT,
    "description": "By language, such as en or id.",
}
SETTABLE: dict[str, Any] = {
    "name": {**TEXT, "maxLength": 80},
    "texts": {
        "type": "object",
        "description": "By language; each needs a title.",
        "additionalProperties": fields(
            {"title": TEXT, "intro": TEXT, "button": TEXT, "thanks": TEXT}, "title"
        ),
    },
    "asks": {
        "type": "array",
        "description": "Fields of leads, in order; an e-mail or a phone is among them.",
        "items": fields(
            {"field": TEXT, "required": {"type": "boolean"}, "label": WORDS, "help": WORDS}, "field"
        ),
    },
    "consents": {
        "type": "array",
        "items": fields(
            {"channel": {"enum": Channel.values}, "required": {"type": "boolean"}, "words": WORDS},
            "channel",
            "words",
        ),
    },
    "redirect": {**TEXT, "description": "A whole https address, or empty."},
    "sites": {"type": "array", "items": TEXT, "description": "Sites that may frame the form; none: any."},
    "source": {**TEXT, "maxLength": 100},
    "campaign": {**TEXT, "maxLength": 100},
    "desk": {"enum": WebForm.Desk.values},
    "owner": {"type": ["integer", "null"], "description": "Id of the user who gets new leads."},
    "tags": {"type": "array", "items": TEXT},
    "is_on": {"type": "boolean"},
}
_COUNT = {"type": "integer"}
WEB_FORM = fields(
    {
        "id": {"type": "integer"},
        "key": {**TEXT, "description": "Stands in the address of its page: /f/{key}."},
        **{name: shape for name, shape in SETTABLE.items() if name != "owner"},
        "owner": {"anyOf": [USER, {"type": "null"}]},
        "counts": fields({"views": _COUNT, "sent": _COUNT, "held": _COUNT}),
        "archived_at": MOMENT,
        "created_at": MOMENT,
        "updated_at": MOMENT,
    },
    "id",
    "key",
    "name",
)
SUBMISSION = fields(
    {
        "id": {"type": "integer"},
        "form": NAMED,
        "at": MOMENT,
        "state": {"enum": Submission.State.values},
        "signs": {"type": "array", "items": TEXT, "description": "Why it was held back."},
        "language": TEXT,
        "answers": {"type": "object", "description": "As typed, by names of fields."},
        "consents": {
            "type": "array",
            "items": fields(
                {"channel": {"enum": Channel.values}, "words": TEXT, "given": {"type": "boolean"}}
            ),
        },
        "lead": {"anyOf": [NAMED, {"type": "null"}]},
        "decided_by": {"anyOf": [USER, {"type": "null"}]},
        "decided_at": MOMENT,
    },
    "id",
    "state",
)
OPEN_FORM = fields(
    {
        "key": TEXT,
        "language": TEXT,
        "title": TEXT,
        "intro": TEXT,
        "button": TEXT,
        "asks": {
            "type": "array",
            "items": fields(
                {
                    "field": TEXT,
                    "kind": TEXT,
                    "required": {"type": "boolean"},
                    "label": TEXT,
                    "help": TEXT,
                    "choices": {"type": "array", "items": fields({"value": TEXT, "label": TEXT})},
                }
            ),
        },
        "consents": {
            "type": "array",
            "items": fields({"channel": TEXT, "required": {"type": "boolean"}, "words": TEXT}),
        },
        "stamp": {**TEXT, "description": "Send it along; it holds for a day, and not before three seconds."},
    }
)
SENT = fields(
    {
        "answers": {"type": "object", "description": "By names of fields."},
        "consents": {
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "description": "Places of the boxes that were ticked, from 0.",
        },
        "stamp": TEXT,
        "language": TEXT,
        "homepage_address": {**TEXT, "description": "People leave it empty; whoever fills it is a robot."},
    },
    "answers",
)
THANKS = fields({"thanks": TEXT, "redirect": TEXT})
WEB_FORMS: dict[str, Schema] = {
    "WebForm": WEB_FORM,
    "WebFormSubmission": SUBMISSION,
    "OpenForm": OPEN_FORM,
    "FormThanks": THANKS,
}
