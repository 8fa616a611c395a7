"""/privacy: what is held about a person, legal holds, erasure in two steps (PPL-8)."""

from typing import Any

from django.http import Http404, HttpResponse
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import day_in, id_in, object_of, only, text_in, yes_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.resources.jobs import job_started
from leadline.api.resources.seeing import seen
from leadline.core.actions import require
from leadline.core.privacy import Person, person_of, seen_person
from leadline.core.requests import Request
from leadline.governance import actions
from leadline.governance.models import Erasure, LegalHold
from leadline.governance.policies import WHO_CAN_HELP, may_erase, may_report
from leadline.governance.queries.holds import hold_on

router = Router(tags=["privacy"])
NOTHING: dict[str, Any] = {"takes": fields({}), "example": {}, "optional": True}


@router.get("/erasures", summary="List erasures", **says(gives=described_list(ref("Erasure")), query=PAGING))
def list_erasures(request: Request) -> HttpResponse:
    """Who is to be erased, and who was: kinds and numbers, no names."""
    require(may_erase(request.user), who_can_help=WHO_CAN_HELP)
    return plain_list_of(request, Erasure.objects.visible_to(request.user), erasure_shown)


@router.get("/erasures/{int:erasure_id}", summary="Read an erasure", **says(gives=ref("Erasure")))
def get_erasure(request: Request, erasure_id: int) -> HttpResponse:
    """How far it is."""
    parameters_of(request, ())
    return answer(erasure_shown(seen(Erasure.objects.all(), request, erasure_id)))


@router.post(
    "/erasures/{int:erasure_id}/confirm",
    summary="Erase whose erasure was asked for",
    **says(
        gives=ref("Erasure"),
        takes=fields({"name": {"type": "string", "maxLength": 200}}, "name"),
        example={"name": "Rosa Ibarra"},
    ),
)
def confirm_an_erasure(request: Request, erasure_id: int) -> HttpResponse:
    """The second step, with the person's name. It can't be undone; under a legal hold it waits."""
    erasure = _with_person(request, erasure_id)
    given = only(object_of(request), ["name"])
    return answer(
        erasure_shown(actions.confirm_erasure(erasure, name=text_in(given, "name"), by=request.actor))
    )


@router.post(
    "/erasures/{int:erasure_id}/withdraw",
    summary="Take an erasure back",
    **says(gives=ref("Erasure"), **NOTHING),
)
def withdraw_an_erasure(request: Request, erasure_id: int) -> HttpResponse:
    """While it is not done."""
    erasure = _with_person(request, erasure_id)
    only(object_of(request, optional=True), ())
    return answer(erasure_shown(actions.withdraw_erasure(erasure, by=request.actor)))


@router.post(
    "/erasures/{int:erasure_id}/files",
    summary="Decide on a file that may name an erased person",
    **says(
        gives=ref("Erasure"),
        takes=fields(
            {"holder": {"type": "string"}, "file": {"type": "integer"}, "erase": {"type": "boolean"}},
            "holder",
            "file",
            "erase",
        ),
        example={"holder": "timeline.files", "file": 17, "erase": True},
    ),
)
def decide_on_a_file(request: Request, erasure_id: int) -> HttpResponse:
    """Erase for good, or keep, a company's file that names the person or can't be read by a program."""
    erasure = seen(Erasure.objects.all(), request, erasure_id)
    given = {"erase": None, **only(object_of(request), ["holder", "file", "erase"])}
    decided = actions.decide_on_file(
        erasure,
        holder=text_in(given, "holder"),
        file=id_in(given, "file"),
        erase=yes_in(given, "erase"),
        by=request.actor,
    )
    return answer(erasure_shown(decided))


@router.post(
    "/{kind}/{int:record_id}/report",
    summary="Gather what is held about a person",
    **says(gives=ref("Job"), status=202, **NOTHING),
)
def make_a_report(request: Request, kind: str, record_id: int) -> HttpResponse:
    """A job; its result is a ZIP with JSON and PDF. `kind` is contact, customer (an individual) or user."""
    person = _seen(request, kind, record_id)
    only(object_of(request, optional=True), ())
    return job_started(actions.start_report(person, by=request.actor))


@router.post(
    "/{kind}/{int:record_id}/erasures",
    summary="Ask for the erasure of a person",
    **says(
        gives=ref("Erasure"),
        status=201,
        takes=fields({"reason": {"type": "string", "maxLength": 300}, "wait": {"type": "boolean"}}, "reason"),
        example={"reason": "Asked by letter of 3 May"},
    ),
)
def ask_for_an_erasure(request: Request, kind: str, record_id: int) -> HttpResponse:
    """The first step. `wait` puts it off until a legal hold ends, where it would be refused."""
    person = _seen(request, kind, record_id)
    given = only(object_of(request), ["reason", "wait"])
    erasure = actions.request_erasure(
        person, reason=text_in(given, "reason"), wait=yes_in(given, "wait"), by=request.actor
    )
    return answer(erasure_shown(erasure), status=201, location=f"/api/v1/privacy/erasures/{erasure.pk}")


@router.post(
    "/{kind}/{int:record_id}/hold",
    summary="Set a legal hold",
    **says(
        gives=ref("LegalHold"),
        status=201,
        takes=fields(
            {
                "reason": {"type": "string", "maxLength": 300},
                "until": {"type": ["string", "null"], "format": "date"},
            },
            "reason",
        ),
        example={"reason": "Dispute 12/2026", "until": "2030-12-31"},
    ),
)
def set_a_hold(request: Request, kind: str, record_id: int) -> HttpResponse:
    """While it stands the person is not erased. Without a day it stands until it is lifted."""
    person = _seen(request, kind, record_id)
    given = only(object_of(request), ["reason", "until"])
    hold = actions.set_legal_hold(
        person, reason=text_in(given, "reason"), until=day_in(given, "until"), by=request.actor
    )
    return answer(hold_shown(hold), status=201)


@router.post(
    "/{kind}/{int:record_id}/lift", summary="Lift a legal hold", **says(gives=ref("LegalHold"), **NOTHING)
)
def lift_a_hold(request: Request, kind: str, record_id: int) -> HttpResponse:
    """The person can be erased again."""
    standing = hold_on(_seen(request, kind, record_id))
    only(object_of(request, optional=True), ())
    if standing is None:
        raise Http404
    return answer(hold_shown(actions.lift_legal_hold(standing, by=request.actor)))


def erasure_shown(erasure: Erasure) -> dict[str, Any]:
    """An erasure as JSON."""
    return {
        "id": erasure.pk,
        "kind": erasure.kind,
        "record": erasure.record_id,
        "reason": erasure.reason,
        "state": erasure.state,
        "counts": erasure.counts,
        "requested_at": erasure.requested_at,
        "done_at": erasure.done_at,
        "files_done_at": erasure.swept_at,
        "files": erasure.files,
    }


def hold_shown(hold: LegalHold) -> dict[str, Any]:
    """A legal hold as JSON."""
    return {
        "id": hold.pk,
        "kind": hold.kind,
        "record": hold.record_id,
        "reason": hold.reason,
        "until": hold.until,
        "set_at": hold.set_at,
        "lifted_at": hold.lifted_at,
    }


def _seen(request: Request, kind: str, key: int) -> Person:
    person = seen_person(request.user, kind, key)
    if person is None:
        raise Http404
    require(may_report(request.user, person) or may_erase(request.user), who_can_help=WHO_CAN_HELP)
    return person


def _with_person(request: Request, key: int) -> Erasure:
    erasure: Erasure = seen(Erasure.objects.all(), request, key)
    if person_of(erasure.kind, erasure.record_id):
        _seen(request, erasure.kind, erasure.record_id)
    return erasure
