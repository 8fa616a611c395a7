"""/customers/bulk: many customers at once, previewed, as a job, undone for 30 days (CUS-7, SIG-3)."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in, texts_in, yes_in
from leadline.api.describing.operations import fields, ref, says
from leadline.api.resources.customer_verbs import owner_in
from leadline.api.resources.jobs import job_started
from leadline.core.lists import Selection
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers.bulk import VERBS, preview_bulk, start_bulk

router = Router(tags=["customers"])
SELECTING = ("ids", "where", "q", "archived", "excluded")
IDS = {"type": "array", "items": {"type": "integer"}, "maxItems": 10_000}
SELECTION = fields(
    {
        "ids": {**IDS, "description": "These customers; otherwise all that the other three find."},
        "where": {"type": "object", "description": "A condition."},
        "q": {"type": "string", "maxLength": 200},
        "archived": {"enum": ["no", "only", "all"]},
        "excluded": IDS,
    }
)
TAKES = fields(
    {
        "selection": SELECTION,
        "verb": {"enum": list(VERBS)},
        "answers": {
            "type": "object",
            "description": "assign: owner; tag: add, remove; status; edit: field, value; block: reason.",
        },
        "preview": {"type": "boolean", "default": False},
    },
    "selection",
    "verb",
)
EXAMPLE = {
    "selection": {"where": {"field": "industry", "op": "equals", "value": "Technology"}},
    "verb": "tag",
    "answers": {"add": ["autumn"]},
    "preview": True,
}


@router.post(
    "/bulk",
    summary="Change many customers",
    **says(gives={"anyOf": [ref("BulkPreview"), ref("Job")]}, takes=TAKES, example=EXAMPLE),
)
def change_many_customers(request: Request) -> HttpResponse:
    """With `preview` what would happen is told (200); else a job starts (202), which can be undone."""
    given = only(object_of(request), ["selection", "verb", "answers", "preview"])
    selection = selection_in(given, "customer")
    verb, answers = text_in(given, "verb"), _answers(given)
    if yes_in(given, "preview"):
        return answer(asdict(preview_bulk(selection, verb, answers, by=request.actor)))
    return job_started(start_bulk(selection, verb, answers, by=request.actor))


def selection_in(given: dict[str, Any], kind: str) -> Selection:
    """The selection that a body gives. An empty object selects nothing: all must be meant, as `where: {}`."""
    chosen = given.get("selection")
    if not isinstance(chosen, dict) or not chosen:
        message = _("Say which: ids, or where, q and archived ({} as where means all).")
        raise RuleBroken(message, field="selection", value=chosen)
    only(chosen, SELECTING)
    if chosen.get("ids") is not None:
        return Selection.of_ids(kind, chosen["ids"])
    for name in ("q", "archived"):
        text_in(chosen, name)
    where = chosen.get("where") or {}
    if not isinstance(where, dict):
        raise RuleBroken(_("A condition is an object."), field="where", value=where)
    return Selection.from_params({**chosen, "where": where, "kind": kind, "ids": None})


def _answers(given: dict[str, Any]) -> dict[str, Any]:
    """The answers of the verb; each has the type that the page's form would give."""
    answers = given.get("answers") or {}
    if not isinstance(answers, dict):
        raise RuleBroken(_("“%(name)s” is an object.") % {"name": "answers"}, field="answers", value=answers)
    answers = dict(only(answers, ["owner", "add", "remove", "status", "reason", "field", "value"]))
    for name in ("add", "remove"):
        answers[name] = texts_in(answers, name)
    for name in ("status", "reason", "field"):
        answers[name] = text_in(answers, name)
    if "owner" in answers:
        owner = owner_in(answers)
        answers["owner"] = owner.pk if owner else None
    return answers
