"""Verbs on one lead: work, assign, star, stage, close, archive; and the queue (LEA-4 to LEA-7)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer, locked
from leadline.api.bodies import id_in, object_of, only, text_in, texts_in, yes_in
from leadline.api.describing.operations import BOARD, fields, ref, says
from leadline.api.listing import parameters_of
from leadline.api.records import record_of
from leadline.api.resources.boards import board_shown
from leadline.api.resources.customer_verbs import owner_in
from leadline.api.resources.jobs import job_started
from leadline.api.resources.leads import lead_seen, shown
from leadline.core.actions import require
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers.models import Customer
from leadline.leads import actions, policies
from leadline.leads.actions.converting.choosing import Alike
from leadline.leads.actions.working import OUTCOMES
from leadline.leads.answers import moment_of, reason_in, stage_in, until_in
from leadline.leads.boards import LEAD_BOARD
from leadline.leads.fields import LEAD
from leadline.leads.models import Lead
from leadline.leads.queries.queue import queue_of
from leadline.leads.queries.shift import shift_ending_at

router = Router(tags=["leads"])
GIVES = ref("Lead")
MOMENT = {"type": ["string", "null"], "format": "date-time"}
WITHOUT_ANSWERS = says(gives=GIVES, takes=fields({}), example={}, optional=True, versioned=True)
NAMED = {"type": ["integer", "string"], "description": "Id or name."}


@router.get("/queue", summary="Read your queue", **says(gives=ref("LeadQueue")))
def read_queue(request: Request) -> HttpResponse:
    """How many leads wait for you, and the one that comes next (null when none does)."""
    parameters_of(request, ())
    require(policies.may_work_leads(request.user), _("Your role does not work leads."))
    queue = queue_of(request.user)
    lead = record_of(LEAD, queue.next_id, request.user) if queue.next_id else None
    counts = {"waiting": queue.waiting, "callable_now": queue.callable_now, "callbacks": queue.callbacks}
    return answer({**counts, "next": lead})


@router.get(
    "/board",
    summary="Read the board of leads",
    **says(gives=ref("Board"), query=BOARD),
)
def read_board(request: Request) -> HttpResponse:
    """Stages as columns: how many leads stand in each, and the latest to come there.

    Totals are those of a list: exact, or at least so many. Leads are moved by `stage`, `disqualify` and
    `reopen`; with If-Match nobody is overrun.
    """
    return board_shown(request, LEAD_BOARD)


@router.get("/end-shift", summary="Preview the end of the shift", **says(gives=ref("LeadShift")))
def preview_shift(request: Request) -> HttpResponse:
    """How many stars would end, and how many leads be starred for the next day, by time zone."""
    parameters_of(request, ())
    require(request.user.may("lead", "star"), _("Your role does not star leads."))
    shift = shift_ending_at(now(), request.actor)
    zones = [{"zone": zone, "leads": count, "until": until} for zone, count, until in shift.zones]
    return answer({"ending": shift.ending, "starring": shift.starring, "zones": zones})


@router.post(
    "/end-shift",
    summary="End the shift",
    **says(gives=ref("Job"), status=202, takes=fields({}), example={}, optional=True),
)
def end_shift(request: Request) -> HttpResponse:
    """Today's stars end, those of the next day begin; a change set that can be undone."""
    only(object_of(request, optional=True), ())
    return job_started(actions.end_shift(by=request.actor))


@router.post(
    "/{int:lead_id}/work",
    summary="Say how a call went",
    **says(
        gives=GIVES,
        takes=fields(
            {
                "outcome": {"enum": [each.value for each in OUTCOMES]},
                "notes": {"type": "string", "maxLength": 10_000},
                "callback_at": MOMENT,
                "qualified": {"type": "boolean", "default": False},
            },
            "outcome",
        ),
        example={"outcome": "no_answer"},
        versioned=True,
    ),
)
def work_lead(request: Request, lead_id: int) -> HttpResponse:
    """Logs the call, sets stage and callback: where nobody answered, the next good moment there."""
    lead, given = _lead_and_answers(request, lead_id, "outcome", "notes", "callback_at", "qualified")
    answers: dict[str, Any] = {
        "outcome": text_in(given, "outcome"),
        "notes": text_in(given, "notes"),
        "callback_at": _moment_in(given, "callback_at"),
        "qualified": yes_in(given, "qualified"),
    }
    return shown(request, actions.work_lead(lead, **answers, by=request.actor).lead)


@router.post(
    "/{int:lead_id}/assign",
    summary="Assign a lead",
    **says(
        gives=GIVES,
        takes=fields(
            {
                "owner": {
                    "type": ["integer", "string", "null"],
                    "description": "Id or e-mail; null for nobody.",
                },
                "seen_at": {**MOMENT, "description": "Refuse what somebody else assigned since then."},
            },
            "owner",
        ),
        example={"owner": "rosa@company.example"},
        versioned=True,
    ),
)
def assign_lead(request: Request, lead_id: int) -> HttpResponse:
    """The lead moves to the team of its new owner."""
    lead, given = _lead_and_answers(request, lead_id, "owner", "seen_at")
    owner, seen_at = owner_in(given), _moment_in(given, "seen_at")
    return shown(request, actions.assign_lead(lead, owner=owner, seen_at=seen_at, by=request.actor))


@router.post(
    "/{int:lead_id}/star",
    summary="Star a lead",
    **says(
        gives=GIVES,
        takes=fields({"until": {"type": "string", "format": "date-time"}}, "until"),
        example={"until": "2030-12-31T18:00:00+07:00"},
        versioned=True,
    ),
)
def star_lead(request: Request, lead_id: int) -> HttpResponse:
    """Release it into its owner's queue, at most a year ahead."""
    lead, given = _lead_and_answers(request, lead_id, "until")
    text_in(given, "until")
    return shown(request, actions.star_lead(lead, until=until_in(given), by=request.actor))


@router.post("/{int:lead_id}/unstar", summary="Unstar a lead", **WITHOUT_ANSWERS)
def unstar_lead(request: Request, lead_id: int) -> HttpResponse:
    """Take it out of the queue."""
    return _simple(request, lead_id, actions.unstar_lead)


@router.post(
    "/{int:lead_id}/stage",
    summary="Change the stage of a lead",
    **says(
        gives=GIVES, takes=fields({"stage": NAMED}, "stage"), example={"stage": "Qualified"}, versioned=True
    ),
)
def change_stage_of_lead(request: Request, lead_id: int) -> HttpResponse:
    """One of the open stages; the change stands on the timeline."""
    lead, given = _lead_and_answers(request, lead_id, "stage")
    return shown(request, actions.set_stage_of(lead, stage=stage_in(given), by=request.actor))


@router.post(
    "/{int:lead_id}/disqualify",
    summary="Disqualify a lead",
    **says(
        gives=GIVES,
        takes=fields({"reason": NAMED}, "reason"),
        example={"reason": "No budget"},
        versioned=True,
    ),
)
def disqualify_lead(request: Request, lead_id: int) -> HttpResponse:
    """Close it for a reason."""
    lead, given = _lead_and_answers(request, lead_id, "reason")
    return shown(request, actions.disqualify_lead(lead, reason=reason_in(given), by=request.actor))


@router.post(
    "/{int:lead_id}/tag",
    summary="Change the tags of a lead",
    **says(
        gives=GIVES,
        takes=fields(
            {
                "add": {"type": "array", "items": {"type": "string"}},
                "remove": {"type": "array", "items": {"type": "string"}},
            }
        ),
        example={"add": ["autumn"]},
        versioned=True,
    ),
)
def tag_lead(request: Request, lead_id: int) -> HttpResponse:
    """Put tags on and take others off."""
    lead, given = _lead_and_answers(request, lead_id, "add", "remove")
    answers = {"add": texts_in(given, "add"), "remove": texts_in(given, "remove")}
    return shown(request, actions.tag_lead(lead, **answers, by=request.actor))


@router.post(
    "/{int:lead_id}/convert",
    summary="Convert a lead",
    **says(
        gives=GIVES,
        takes=fields(
            {
                "into": {"type": ["integer", "null"], "description": "A customer that is here already."},
                "alike": {
                    "enum": Alike.values,
                    "default": "leave",
                    "description": "Where it may be a customer already: refuse, join the surest, or new.",
                },
            }
        ),
        example={"alike": "new"},
        optional=True,
        versioned=True,
    ),
)
def convert_lead(request: Request, lead_id: int) -> HttpResponse:
    """It becomes a customer with a contact, in one change set that can be undone; `converted_to` names it."""
    lead = lead_seen(request, lead_id)
    given = only(object_of(request, optional=True), ("into", "alike"))
    into = None
    if given.get("into") is not None:
        key = id_in(given, "into")
        into = Customer.objects.visible_to(request.user).filter(pk=key).first()
        if into is None:
            raise RuleBroken(_("There is no such customer."), field="into", value=key)
    alike = text_in(given, "alike") or Alike.LEAVE
    lead = locked(request, lead, "stage")
    return shown(request, actions.convert_lead(lead, into=into, alike=alike, by=request.actor))


@router.post("/{int:lead_id}/reopen", summary="Reopen a lead", **WITHOUT_ANSWERS)
def reopen_lead(request: Request, lead_id: int) -> HttpResponse:
    """Work on a closed lead again."""
    return _simple(request, lead_id, actions.reopen_lead)


@router.post("/{int:lead_id}/archive", summary="Archive a lead", **WITHOUT_ANSWERS)
def archive_lead(request: Request, lead_id: int) -> HttpResponse:
    """Deleting is archiving: it can be restored."""
    return _simple(request, lead_id, actions.archive_lead)


@router.post("/{int:lead_id}/restore", summary="Restore a lead", **WITHOUT_ANSWERS)
def restore_lead(request: Request, lead_id: int) -> HttpResponse:
    """Bring an archived lead back as it was."""
    return _simple(request, lead_id, actions.restore_lead)


def _simple(request: Request, key: int, verb: Callable[..., Lead]) -> HttpResponse:
    lead, _answers = _lead_and_answers(request, key)
    return shown(request, verb(lead, by=request.actor))


def _lead_and_answers(request: Request, key: int, *names: str) -> tuple[Lead, dict[str, Any]]:
    lead = lead_seen(request, key)
    answers = only(object_of(request, optional=not names), names)
    return locked(request, lead, "stage"), answers


def _moment_in(given: dict[str, Any], name: str) -> datetime | None:
    """A moment with its zone; None where it is null or missing. Raises `RuleBroken`."""
    value = given.get(name)
    if value is None:
        return None
    moment = moment_of(value) if isinstance(value, str) else None
    if moment is None:
        message = _("Give a moment with its zone, as 2030-12-31T18:00:00+07:00.")
        raise RuleBroken(message, field=name, value=value)
    return moment
