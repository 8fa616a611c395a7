"""/activities, and the activities of a customer (TIM-1, TIM-2)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer, answer_record, locked
from leadline.api.bodies import id_in, object_of, only
from leadline.api.describing.operations import FIELDS, LISTING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.describing.schemas import example_of, taken
from leadline.api.listing import fields_of, list_of
from leadline.api.records import record_of
from leadline.api.resources.contacts import named_customer
from leadline.api.resources.seeing import activity_seen, customer_of, customer_seen, lead_of
from leadline.api.scopes import OfOneRecord
from leadline.core.drafts import clean_draft, missing_fields
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.models import Customer
from leadline.customers.queries.calling import why_no_call
from leadline.customers.queries.overview import contacts_of
from leadline.leads import actions as leads
from leadline.timeline.fields import ACTIVITY
from leadline.timeline.models import Activity
from leadline.timeline.scope import activities_reached

router = Router(tags=["activities"])
of_customer = Router(tags=["activities"])
ANSWERS = [field.name for field in ACTIVITY.fields if field.editable and field.name != "customer"]
KEPT = ("kind", "title", "description", "outcome", "duration", "at", "follow_up_on", "contact_id")
LIST = says(gives=described_list(ref("Activity")), query=LISTING)


@router.get("", summary="List activities", **LIST)
def list_activities(request: Request) -> HttpResponse:
    """Activities with the customers and leads that you see, the latest first."""
    return list_of(request, ACTIVITY, activities_reached(request.user), sorts=("-id",))


@of_customer.get("/{int:customer_id}/activities", summary="List activities of a customer", **LIST)
def list_activities_of_customer(request: Request, customer_id: int) -> HttpResponse:
    """Activities with one customer, the latest first."""
    return list_of(
        request,
        ACTIVITY,
        OfOneRecord(customer_seen(request, customer_id).pk, "timeline_activity.customer_id"),
    )


@router.post(
    "",
    summary="Log an activity",
    **says(
        gives=ref("LoggedActivity"),
        status=201,
        takes=taken(ACTIVITY, to_create=True),
        example=example_of(ACTIVITY),
        versioned=True,
    ),
)
def log_activity(request: Request) -> HttpResponse:
    """Without `at` it happened just now; `duration` counts whole minutes.

    `warning` is there when somebody was called who does not want that, and says why.
    """
    answers = only(object_of(request), ["customer", *ANSWERS])
    return _logged(request, named_customer(request, answers), answers)


@of_customer.post(
    "/{int:customer_id}/activities",
    summary="Log an activity on a customer",
    **says(
        gives=ref("LoggedActivity"),
        status=201,
        takes=taken(ACTIVITY, to_create=True, without=["customer"]),
        example=example_of(ACTIVITY, without=["customer"]),
        versioned=True,
    ),
)
def log_activity_on_customer(request: Request, customer_id: int) -> HttpResponse:
    """The same, where the address names the customer."""
    customer = customer_seen(request, customer_id)
    return _logged(request, customer, only(object_of(request), ANSWERS))


@router.get(
    "/{int:activity_id}",
    summary="Read an activity",
    **says(gives=ref("Activity"), query=[FIELDS], versioned=True),
)
def get_activity(request: Request, activity_id: int) -> HttpResponse:
    """One activity with its ETag."""
    activity = activity_seen(request, activity_id)
    data = record_of(ACTIVITY, activity.pk, request.user, fields_of(request, ACTIVITY))
    return answer_record(request, data, version=activity.version)


@router.patch(
    "/{int:activity_id}",
    summary="Correct an activity",
    **says(
        gives=ref("Activity"),
        takes=taken(ACTIVITY, to_create=False, without=["customer"]),
        example={"outcome": "positive"},
        versioned=True,
    ),
)
def change_activity(request: Request, activity_id: int) -> HttpResponse:
    """What is not given stays; it stays on its customer's or lead's timeline."""
    activity = activity_seen(request, activity_id)
    answers = only(object_of(request), ANSWERS)
    activity = locked(request, activity)
    if activity.customer_id is None:
        return shown(request, _corrected_on_lead(request, activity, answers))
    customer = customer_of(activity)
    corrected = {name: getattr(activity, name) for name in KEPT}
    corrected |= _cleaned(request, customer.country, answers)
    corrected["at"] = corrected["at"] or activity.at
    return shown(request, actions.edit_activity(activity, customer, **corrected, by=request.actor))


@router.post(
    "/{int:activity_id}/archive",
    summary="Archive an activity",
    **says(
        gives=fields({"archived": {"type": "boolean"}}),
        takes=fields({}),
        example={},
        optional=True,
        versioned=True,
    ),
)
def archive_activity(request: Request, activity_id: int) -> HttpResponse:
    """Take it off the timeline; its history stays."""
    activity = activity_seen(request, activity_id)
    only(object_of(request, optional=True), ())
    if activity.customer_id is None:
        leads.archive_activity(locked(request, activity), lead_of(activity), by=request.actor)
    else:
        actions.archive_activity(locked(request, activity), customer_of(activity), by=request.actor)
    return answer({"archived": True})


def _corrected_on_lead(request: Request, activity: Activity, answers: dict[str, Any]) -> Activity:
    """One that stands on a lead's timeline, where nobody is a contact."""
    if answers.get("contact") is not None:
        raise RuleBroken(_("A lead has no contacts."), field="contact", value=answers["contact"])
    lead = lead_of(activity)
    corrected = {name: getattr(activity, name) for name in KEPT} | _cleaned(request, lead.country, answers)
    corrected["at"] = corrected["at"] or activity.at
    return leads.edit_activity(activity, lead, **corrected, by=request.actor)


def _logged(request: Request, customer: Customer, answers: dict[str, Any]) -> HttpResponse:
    draft = _cleaned(request, customer.country, answers, to_create=True)
    activity = actions.log_activity(customer, **draft, by=request.actor)
    people = contacts_of(customer) if activity.contact_id else []
    warning = why_no_call(activity.kind, activity.contact_id, customer, people)
    return shown(request, activity, status=201, **({"warning": warning} if warning else {}))


def _cleaned(
    request: Request, country: str, answers: dict[str, Any], *, to_create: bool = False
) -> dict[str, Any]:
    """The answers by the catalogue's own rules, under the names that the actions know."""
    answers = dict(answers)
    contact = {"contact": answers.pop("contact")} if "contact" in answers else {}
    cleaning = actions.cleaning_for(request.actor, country)
    draft = clean_draft(ACTIVITY, answers, cleaning, keep_empty=not to_create)
    if to_create:
        lacking = [rule for rule in missing_fields(ACTIVITY, draft) if rule.field != "customer"]
        if lacking:
            raise RulesBroken(lacking)
    values = dict(draft.values)
    if (duration := values.get("duration")) is not None:
        if duration % 1:
            raise RuleBroken(_("Give whole minutes."), field="duration", value=duration)
        values["duration"] = int(duration)
    if contact:
        values["contact_id"] = None if contact["contact"] is None else id_in(contact, "contact")
    return values


def shown(request: Request, activity: Activity, *, status: int = 200, **more: str) -> HttpResponse:
    """An activity after it was written."""
    location = f"/api/v1/activities/{activity.pk}" if status == 201 else ""
    data = {**record_of(ACTIVITY, activity.pk, request.user), **more}
    return answer_record(request, data, version=activity.version, status=status, location=location)
