"""/leads: list, add, read, change, log, many at once (LEA-1, LEA-2, LEA-8)."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer, answer_record, locked
from leadline.api.bodies import object_of, only, text_in, yes_in
from leadline.api.describing.operations import FIELDS, LISTING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.describing.schemas import example_of, taken
from leadline.api.listing import fields_of, list_of
from leadline.api.records import record_of
from leadline.api.resources.activities import shown as activity_shown
from leadline.api.resources.bulk import SELECTION, selection_in
from leadline.api.resources.jobs import job_started
from leadline.api.resources.seeing import seen
from leadline.api.scopes import OfOneRecord
from leadline.core.drafts import clean_draft, missing_fields
from leadline.core.lists.searching import Search
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.core.requests import Request
from leadline.customers.actions.cleaning import cleaning_for
from leadline.leads import actions
from leadline.leads.bulk import VERBS, preview_bulk, start_bulk
from leadline.leads.fields import LEAD
from leadline.leads.models import Lead
from leadline.people.scope import reach
from leadline.timeline.fields import ACTIVITY

router = Router(tags=["leads"])
GIVES = ref("Lead")
OF_CUSTOMERS = ("customer", "lead", "contact", "follow_up_on")
ANSWERS = [field.name for field in ACTIVITY.fields if field.editable and field.name not in OF_CUSTOMERS]


def lead_seen(request: Request, key: int) -> Lead:
    """A lead, archived or not, with its stage and owner at hand."""
    return seen(Lead.objects.select_related("stage", "owner", "team"), request, key)


@router.get("", summary="List leads", **says(gives=described_list(GIVES), query=LISTING))
def list_leads(request: Request) -> HttpResponse:
    """Leads within your scope, filtered, sorted, searched, a page at a time."""
    scope = reach(request.user, "lead", "view")
    return list_of(request, LEAD, scope, search=Search("lead", scope))


@router.post(
    "",
    summary="Add a lead",
    **says(
        gives=GIVES,
        status=201,
        takes=taken(LEAD, to_create=True),
        example=example_of(LEAD) | {"email": "hello@company.example"},
        versioned=True,
    ),
)
def add_lead(request: Request) -> HttpResponse:
    """A name with an e-mail or a phone. The same e-mail or phone again refreshes the lead that is here."""
    answers = only(object_of(request), LEAD.named_by(request.user))
    return shown(request, actions.add_lead(**answers, by=request.actor), status=201)


@router.get("/{int:lead_id}", summary="Read a lead", **says(gives=GIVES, query=[FIELDS], versioned=True))
def get_lead(request: Request, lead_id: int) -> HttpResponse:
    """One lead, archived or not, with its ETag."""
    lead = lead_seen(request, lead_id)
    data = record_of(LEAD, lead.pk, request.user, fields_of(request, LEAD))
    return answer_record(request, data, version=lead.version)


@router.patch(
    "/{int:lead_id}",
    summary="Change a lead",
    **says(gives=GIVES, takes=taken(LEAD, to_create=False), example={"campaign": "Autumn"}, versioned=True),
)
def change_lead(request: Request, lead_id: int) -> HttpResponse:
    """What is not given stays; an empty value empties the field. Send If-Match to overwrite nobody."""
    lead = lead_seen(request, lead_id)
    answers = only(object_of(request), LEAD.named_by(request.user))
    lead = locked(request, lead)
    return shown(request, actions.edit_lead(lead, version=lead.version, **answers, by=request.actor))


@router.get(
    "/{int:lead_id}/activities",
    summary="List activities of a lead",
    **says(gives=described_list(ref("Activity")), query=LISTING),
)
def list_activities_of_lead(request: Request, lead_id: int) -> HttpResponse:
    """What happened with one lead, the latest first."""
    lead = lead_seen(request, lead_id)
    return list_of(request, ACTIVITY, OfOneRecord(lead.pk, "timeline_activity.lead_id"))


@router.post(
    "/{int:lead_id}/activities",
    summary="Log an activity on a lead",
    **says(
        gives=ref("Activity"),
        status=201,
        takes=taken(ACTIVITY, to_create=True, without=OF_CUSTOMERS),
        example=example_of(ACTIVITY, without=OF_CUSTOMERS),
        versioned=True,
    ),
)
def log_activity_on_lead(request: Request, lead_id: int) -> HttpResponse:
    """Without `at` it happened just now; `duration` counts whole minutes."""
    lead = lead_seen(request, lead_id)
    draft = clean_draft(ACTIVITY, only(object_of(request), ANSWERS), cleaning_for(request.actor))
    if lacking := [rule for rule in missing_fields(ACTIVITY, draft) if rule.field not in OF_CUSTOMERS]:
        raise RulesBroken(lacking)
    values: dict[str, Any] = dict(draft.values)
    if (duration := values.get("duration")) is not None:
        if duration % 1:
            raise RuleBroken(_("Give whole minutes."), field="duration", value=duration)
        values["duration"] = int(duration)
    return activity_shown(request, actions.log_activity(lead, **values, by=request.actor), status=201)


@router.post(
    "/bulk",
    summary="Change many leads",
    **says(
        gives={"anyOf": [ref("BulkPreview"), ref("Job")]},
        takes=fields(
            {
                "selection": SELECTION,
                "verb": {"enum": list(VERBS)},
                "answers": {
                    "type": "object",
                    "description": "assign: owner (id), seen_at; spread: among (ids), seen_at; star: until; "
                    "stage: stage; disqualify: reason; convert: alike; tag: add, remove.",
                },
                "preview": {"type": "boolean", "default": False},
            },
            "selection",
            "verb",
        ),
        example={
            "selection": {"where": {"field": "owner", "op": "is_empty"}},
            "verb": "tag",
            "answers": {"add": ["autumn"]},
            "preview": True,
        },
    ),
)
def change_many_leads(request: Request) -> HttpResponse:
    """With `preview` what would happen is told (200); else a job starts (202), which can be undone."""
    given = only(object_of(request), ["selection", "verb", "answers", "preview"])
    selection = selection_in(given, "lead")
    verb, answers = text_in(given, "verb"), _answers(given)
    if yes_in(given, "preview"):
        return answer(asdict(preview_bulk(selection, verb, answers, by=request.actor)))
    return job_started(start_bulk(selection, verb, answers, by=request.actor))


def shown(request: Request, lead: Lead, *, status: int = 200) -> HttpResponse:
    """A lead after it was written; an owner who gave it away is still told what came of it."""
    lead = Lead.objects.get(pk=lead.pk)
    location = f"/api/v1/leads/{lead.pk}" if status == 201 else ""
    data = record_of(LEAD, lead.pk, request.user)
    return answer_record(request, data, version=lead.version, status=status, location=location)


_KINDS: dict[str, tuple[type, ...]] = {
    "owner": (int, type(None)),
    "among": (list,),
    "add": (list,),
    "remove": (list,),
    "until": (str,),
    "alike": (str,),
    "seen_at": (str,),
    "stage": (int, str),
    "reason": (int, str),
}


def _answers(given: dict[str, Any]) -> dict[str, Any]:
    """The answers of the verb; each has the type that the page's form would give."""
    answers = given.get("answers") or {}
    if not isinstance(answers, dict):
        raise RuleBroken(_("“%(name)s” is an object.") % {"name": "answers"}, field="answers", value=answers)
    for name, value in only(answers, _KINDS).items():
        wanted = int if name == "among" else str
        fits = isinstance(value, _KINDS[name]) and not isinstance(value, bool)
        if not fits or (isinstance(value, list) and not all(type(each) is wanted for each in value)):
            raise RuleBroken(_("This is not what is accepted here."), field=name, value=value)
    return dict(answers)
