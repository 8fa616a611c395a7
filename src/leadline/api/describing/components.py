"""Schemas that operations share, each under its name."""

from leadline.api.describing import (
    assigning,
    automation,
    boards,
    compliance,
    defining,
    explaining,
    governing,
    handing,
    leads,
    mail,
    mail_in,
    merging,
    scoring,
    segments,
    web_forms,
    working,
)
from leadline.api.describing.operations import fields
from leadline.api.describing.platform import PLATFORM_COMPONENTS
from leadline.api.describing.schemas import USER, shown
from leadline.api.describing.shapes import ANY, COUNTS, MOMENT_OR_NULL, NUMBER, TEXT, YES, Schema
from leadline.api.describing.signing import SIGNING
from leadline.api.describing.usage import USAGE_COMPONENTS
from leadline.customers.fields import CONTACT, CUSTOMER
from leadline.governance.fields import ENTRY as AUDIT_ENTRY
from leadline.leads.fields import LEAD
from leadline.people.fields import USER as USER_CATALOGUE
from leadline.tasks.fields import TASK
from leadline.timeline.fields import ACTIVITY, NOTE, PROMISE

JOB = fields(
    {
        "id": NUMBER,
        "kind": TEXT,
        "title": TEXT,
        "state": {"enum": ["waiting", "running", "done", "failed", "cancelled"]},
        "done": NUMBER,
        "total": {"type": ["integer", "null"]},
        "percent": {"type": ["integer", "null"]},
        "counts": COUNTS,
        "message": TEXT,
        "has_result": YES,
        "change_set": {"type": ["integer", "null"]},
        "created_at": MOMENT_OR_NULL,
        "started_at": MOMENT_OR_NULL,
        "ended_at": MOMENT_OR_NULL,
    },
    "id",
    "kind",
    "state",
)
CHANGE_SET = fields(
    {
        "id": NUMBER,
        "kind": TEXT,
        "title": TEXT,
        "state": {"enum": ["running", "done", "stopped", "undoing", "undone"]},
        "counts": COUNTS,
        "created_at": MOMENT_OR_NULL,
        "undo_until": MOMENT_OR_NULL,
        "undone_at": MOMENT_OR_NULL,
        "may_be_undone": YES,
        "kept": {"type": "array", "items": {"type": "object"}},
    },
    "id",
    "state",
)
ATTACHMENT = fields(
    {
        "id": NUMBER,
        "note": NUMBER,
        "name": TEXT,
        "size": {**NUMBER, "description": "Bytes."},
        "uploaded_by": USER,
        "uploaded_at": MOMENT_OR_NULL,
        "removed_at": MOMENT_OR_NULL,
    },
    "id",
    "name",
)
IMPORT = fields(
    {
        "id": NUMBER,
        "kind": {"enum": ["customers", "contacts", "activities", "leads"]},
        "file_name": TEXT,
        "size": NUMBER,
        "state": TEXT,
        "mapping": {"type": "object"},
        "columns": {"type": "array", "items": TEXT},
        "duplicates": {"enum": ["skip", "update", "create"]},
        "key": TEXT,
        "questions": {"type": "array"},
        "problems": {"type": "array"},
        "counts": COUNTS,
        "job": {"anyOf": [{"$ref": "#/components/schemas/Job"}, {"type": "null"}]},
        "change_set": {"type": ["integer", "null"]},
        "created_by": {"anyOf": [USER, {"type": "null"}]},
        "created_at": MOMENT_OR_NULL,
    },
    "id",
    "kind",
    "state",
)
SAVED_VIEW = fields(
    {
        "id": NUMBER,
        "kind": TEXT,
        "name": TEXT,
        "visibility": {"enum": ["private", "team", "everybody"]},
        "owner": USER,
        "where": ANY,
        "columns": {"type": "array", "items": TEXT},
        "sort": TEXT,
        "q": TEXT,
        "archived": {"enum": ["no", "only", "all"]},
        "opens": {"type": "boolean", "description": "Whether the list opens with it for you."},
    },
    "id",
    "kind",
    "name",
)
TEAM = fields(
    {
        "id": NUMBER,
        "name": TEXT,
        "parent": {"type": ["integer", "null"]},
        "manager": {"anyOf": [USER, {"type": "null"}]},
        "archived_at": {"anyOf": [MOMENT_OR_NULL, {"type": "null"}]},
    },
    "id",
    "name",
)
TERRITORY = fields(
    {
        "id": NUMBER,
        "name": TEXT,
        "position": NUMBER,
        "rules": {"type": "object"},
        "in_words": TEXT,
        "members": {"type": "array", "items": USER},
        "retired_at": {"anyOf": [MOMENT_OR_NULL, {"type": "null"}]},
        "job": {"type": ["integer", "null"], "description": "What places customers anew, after a change."},
    },
    "id",
    "name",
)
ROLE = fields(
    {
        "key": TEXT,
        "name": TEXT,
        "purpose": TEXT,
        "grants": {"type": "object"},
        "retired": YES,
        "altered": YES,
        "provided": YES,
        "second_factor_required": YES,
    },
    "key",
    "name",
)
PERMISSION = fields(
    {
        "object": TEXT,
        "verb": TEXT,
        "label": TEXT,
        "help": TEXT,
        "scopes": {"type": "array", "items": TEXT},
    },
    "object",
    "verb",
    "scopes",
)
EFFECT = fields(
    {
        "object": TEXT,
        "verb": TEXT,
        "gains": YES,
        "sentence": TEXT,
        "records": {"type": ["integer", "null"]},
        "people": {
            "type": "array",
            "items": fields(
                {"id": NUMBER, "name": TEXT, "email": TEXT, "records": {"type": ["integer", "null"]}}
            ),
        },
    },
    "sentence",
    "people",
)
PREVIEW = fields(
    {
        "total": NUMBER,
        "can_change": NUMBER,
        "reasons": COUNTS,
        "tried": NUMBER,
        "would_change": NUMBER,
        "already_so": NUMBER,
    },
    "total",
    "can_change",
)
ENTRY = fields(
    {
        "id": NUMBER,
        "at": MOMENT_OR_NULL,
        "kind": TEXT,
        "record": NUMBER,
        "verb": TEXT,
        "who": TEXT,
        "door": TEXT,
        "change_set": {"type": ["integer", "null"]},
        "changes": {
            "type": "array",
            "items": fields({"field": TEXT, "label": TEXT, "old": TEXT, "new": TEXT}),
        },
    }
)
EVENT = fields(
    {
        "id": NUMBER,
        "type": TEXT,
        "at": MOMENT_OR_NULL,
        "data": {"type": "object"},
        "subjects": {"type": "array", "items": fields({"kind": TEXT, "id": NUMBER}, "kind", "id")},
        "subject_count": NUMBER,
        "actor": {"type": ["integer", "null"]},
        "via": TEXT,
    },
    "id",
    "type",
    "at",
    "data",
)
EVENT_TYPE = fields({"type": TEXT, "wording": TEXT}, "type")
WEBHOOK = fields(
    {
        "id": NUMBER,
        "name": TEXT,
        "address": TEXT,
        "events": {"type": "array", "items": TEXT},
        "user": USER,
        "paused_at": MOMENT_OR_NULL,
        "paused_because": TEXT,
        "created_at": MOMENT_OR_NULL,
        "secret": {"type": "string", "description": "Only in the answer that made it."},
    },
    "id",
    "name",
    "address",
)
DELIVERY = fields(
    {
        "id": NUMBER,
        "event": NUMBER,
        "type": TEXT,
        "state": {"enum": ["waiting", "delivered", "failed", "left_out"]},
        "next_at": MOMENT_OR_NULL,
        "created_at": MOMENT_OR_NULL,
        "attempts": {
            "type": "array",
            "items": fields(
                {
                    "at": MOMENT_OR_NULL,
                    "status": {"type": ["integer", "null"]},
                    "problem": TEXT,
                    "answer": TEXT,
                    "milliseconds": NUMBER,
                }
            ),
        },
    },
    "id",
    "event",
    "state",
)


def _user() -> Schema:
    schema = shown(USER_CATALOGUE)
    schema["properties"] |= {"roles": {"type": "array", "items": TEXT}, **working.WORK}
    return schema


COMPONENTS: dict[str, Schema] = {
    **defining.SCHEMAS,
    "Customer": shown(CUSTOMER),
    "Contact": shown(CONTACT),
    "AuditEntry": shown(AUDIT_ENTRY),
    "Note": shown(NOTE),
    **leads.LEADS,
    **assigning.ASSIGNING,
    "Board": boards.BOARD,
    **compliance.COMPLIANCE,
    "Lead": shown(LEAD),
    "Activity": shown(ACTIVITY),
    "LoggedActivity": shown(ACTIVITY, warning=TEXT),
    "Promise": shown(PROMISE),
    **PLATFORM_COMPONENTS,
    **USAGE_COMPONENTS,
    "Task": shown(TASK),
    "Handover": handing.HANDOVER,
    "HandoverPreview": handing.PREVIEW,
    "HandoverSheet": handing.SHEET,
    "User": _user(),
    **SIGNING,
    "Absence": working.ABSENCE,
    "Skill": working.SKILL,
    "Team": TEAM,
    "Territory": TERRITORY,
    "Role": ROLE,
    "Permission": PERMISSION,
    "Effect": EFFECT,
    "Explanation": explaining.EXPLANATION,
    "Merged": merging.MERGED,
    "DuplicatePair": merging.PAIR,
    "DuplicateRules": merging.RULES,
    "Job": JOB,
    "ChangeSet": CHANGE_SET,
    "Import": IMPORT,
    "SavedView": SAVED_VIEW,
    "AutomationRule": automation.RULE,
    "AutomationRun": automation.RUN,
    "AutomationTried": automation.TRIED,
    "Segment": segments.SEGMENT,
    "SegmentMember": segments.MEMBER,
    "SegmentPicked": segments.PICKED,
    "SegmentCount": segments.COUNTED,
    "MailTemplate": mail.TEMPLATE,
    "SentMail": mail.SENT,
    **scoring.SCORING,
    **mail_in.MAIL_IN,
    **web_forms.WEB_FORMS,
    "Attachment": ATTACHMENT,
    "Event": EVENT,
    "EventType": EVENT_TYPE,
    **governing.GOVERNING,
    "Webhook": WEBHOOK,
    "Delivery": DELIVERY,
    "BulkPreview": PREVIEW,
    "HistoryEntry": ENTRY,
    "Problem": explaining.PROBLEM,
}
