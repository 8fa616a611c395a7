"""/compliance: procedures with their checks and documents, and what is checked (LEA-10)."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in, yes_in
from leadline.api.describing.operations import BOARD, FIELDS, LISTING, PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import fields_of, list_of, parameters_of, plain_list_of
from leadline.api.problems import Problem
from leadline.api.records import record_of
from leadline.api.resources.boards import board_shown
from leadline.api.resources.jobs import file_answer
from leadline.api.resources.seeing import one_of, seen
from leadline.compliance import actions
from leadline.compliance.boards import COMPLIANCE_BOARD
from leadline.compliance.fields import PROCEDURE
from leadline.compliance.files import place_of
from leadline.compliance.models import Check, Document, Item, Procedure
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.scope import reach

router, checks, documents, items = (Router(tags=["compliance"]) for _number in range(4))
GIVES = ref("Procedure")
REASON = {"reason": {"type": "string", "maxLength": 500}}
WITHOUT_ANSWERS = says(gives=GIVES, takes=fields({}), example={}, optional=True)
FILE = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
    "required": ["file"],
}
ITEM: dict[str, dict[str, Any]] = {
    "name": {"type": "string", "maxLength": 60},
    "help": {"type": "string", "maxLength": 300},
    "needs_document": {"type": "boolean"},
    "months": {"type": ["integer", "null"], "minimum": 1, "maximum": 600},
}


@router.get("", summary="List compliance procedures", **says(gives=described_list(GIVES), query=LISTING))
def list_procedures(request: Request) -> HttpResponse:
    """Those of the leads and customers within your scope, the newest first."""
    return list_of(request, PROCEDURE, reach(request.user, "procedure", "view"))


@router.get("/board", summary="Read the board of compliance", **says(gives=ref("Board"), query=BOARD))
def read_compliance_board(request: Request) -> HttpResponse:
    """States as columns: how many procedures stand in each, and the latest to come there."""
    return board_shown(request, COMPLIANCE_BOARD)


@router.get("/{int:procedure_id}", summary="Read a procedure", **says(gives=GIVES, query=[FIELDS]))
def get_procedure(request: Request, procedure_id: int) -> HttpResponse:
    """One procedure; its checks are a list of their own."""
    found = _seen(request, procedure_id)
    return answer(record_of(PROCEDURE, found.pk, request.user, fields_of(request, PROCEDURE)))


@router.get(
    "/{int:procedure_id}/checks",
    summary="List what is checked",
    **says(gives=described_list(ref("ComplianceCheck")), query=PAGING),
)
def list_checks(request: Request, procedure_id: int) -> HttpResponse:
    """Each item with its state and the documents that were brought."""
    rows = Check.objects.filter(procedure=_seen(request, procedure_id)).select_related("item", "decided_by")
    return plain_list_of(request, rows, _check)


@router.post("/{int:procedure_id}/submit", summary="Send to review", **WITHOUT_ANSWERS)
def submit_procedure(request: Request, procedure_id: int) -> HttpResponse:
    """What was collected is looked at next."""
    return _done(request, procedure_id, actions.submit_procedure)


@router.post("/{int:procedure_id}/ask-again", summary="Ask for documents again", **WITHOUT_ANSWERS)
def ask_again(request: Request, procedure_id: int) -> HttpResponse:
    """Back from review, for whoever reviews."""
    return _done(request, procedure_id, actions.ask_again)


@router.post("/{int:procedure_id}/reopen", summary="Open a decided procedure again", **WITHOUT_ANSWERS)
def reopen_procedure(request: Request, procedure_id: int) -> HttpResponse:
    """What was approved of its items stays so."""
    return _done(request, procedure_id, actions.reopen_procedure)


@router.post(
    "/{int:procedure_id}/approve",
    summary="Approve a procedure",
    **says(gives=GIVES, takes=fields(REASON), example={"reason": "All in order"}, optional=True),
)
def approve_procedure(request: Request, procedure_id: int) -> HttpResponse:
    """When each item is approved; `ComplianceApproved` is told."""
    given = only(object_of(request, optional=True), REASON)
    done = actions.approve_procedure(
        _seen(request, procedure_id), reason=text_in(given, "reason"), by=request.actor
    )
    return _shown(request, done)


@router.post(
    "/{int:procedure_id}/decline",
    summary="Decline a procedure",
    **says(gives=GIVES, takes=fields(REASON, "reason"), example={"reason": "Documents of another person"}),
)
def decline_procedure(request: Request, procedure_id: int) -> HttpResponse:
    """For a reason."""
    given = only(object_of(request), REASON)
    done = actions.decline_procedure(
        _seen(request, procedure_id), reason=text_in(given, "reason"), by=request.actor
    )
    return _shown(request, done)


@checks.post(
    "/{int:check_id}/decide",
    summary="Approve or decline an item",
    **says(
        gives=ref("ComplianceCheck"),
        takes=fields(
            {
                "verdict": {"enum": ["approved", "declined"]},
                "expires_on": {"type": ["string", "null"], "format": "date"},
                **REASON,
            },
            "verdict",
        ),
        example={"verdict": "approved", "expires_on": "2099-12-31"},
    ),
)
def decide_check(request: Request, check_id: int) -> HttpResponse:
    """Approve it until a day (or for good), or decline it with a reason."""
    check = seen(Check.objects.select_related("item", "decided_by"), request, check_id)
    given = only(object_of(request), ("verdict", "expires_on", "reason"))
    until = _day_in(given, "expires_on")
    words = {"verdict": text_in(given, "verdict"), "reason": text_in(given, "reason")}
    return answer(_check(actions.decide_check(check, expires_on=until, **words, by=request.actor)))


@checks.post(
    "/{int:check_id}/documents",
    summary="Bring a document",
    **says(gives=ref("ComplianceDocument"), status=201, takes=FILE, media_type="multipart/form-data"),
)
def add_document(request: Request, check_id: int) -> HttpResponse:
    """PDF, JPEG or PNG, told by its bytes, at most 15 MB."""
    check = seen(Check.objects.all(), request, check_id)
    if request.content_type != "multipart/form-data":
        raise Problem(415, _("Send the file as multipart/form-data, in the part “file”."))
    only(dict(request.POST.items()), ())
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise RuleBroken(_("Send the file in the part “file”."), field="file")
    kept = actions.add_document(check, file=file, by=request.actor)
    return answer(_document(kept), status=201, location=f"/api/v1/compliance-documents/{kept.pk}/file")


@documents.get(
    "/{int:document_id}/file", summary="Download a document", **says(file="application/octet-stream")
)
def download_document(request: Request, document_id: int) -> HttpResponseBase:
    """The file itself, always as a download."""
    parameters_of(request, ())
    found = seen(Document.objects.current(), request, document_id)
    return file_answer(place_of(found.path), found.name)


@documents.delete(
    "/{int:document_id}", summary="Take a document off", **says(gives=ref("ComplianceDocument"))
)
def remove_document(request: Request, document_id: int) -> HttpResponse:
    """That it was there stays in the history."""
    found = seen(Document.objects.current().select_related("check_of__procedure"), request, document_id)
    return answer(_document(actions.remove_document(found, by=request.actor)))


@items.get(
    "",
    summary="List what is checked after a first deposit",
    **says(gives=described_list(ref("ComplianceItem")), query=PAGING),
)
def list_items(request: Request) -> HttpResponse:
    """Retired ones too."""
    return plain_list_of(request, Item.objects.all(), _item)


@items.post(
    "",
    summary="Add an item to check",
    **says(
        gives=ref("ComplianceItem"), status=201, takes=fields(ITEM, "name"), example={"name": "Tax number"}
    ),
)
def add_item(request: Request) -> HttpResponse:
    """For administrators; procedures that begin from now on check it."""
    given = only(object_of(request), ITEM)
    return answer(_item(actions.add_item(**_item_of(given, None), by=request.actor)), status=201)


@items.patch(
    "/{int:item_id}",
    summary="Change an item to check",
    **says(gives=ref("ComplianceItem"), takes=fields(ITEM), example={"months": 24}),
)
def change_item(request: Request, item_id: int) -> HttpResponse:
    """For administrators. What is not given stays."""
    item = one_of(Item.objects.all(), item_id)
    given = only(object_of(request), ITEM)
    return answer(_item(actions.change_item(item, **_item_of(given, item), by=request.actor)))


@items.post(
    "/{int:item_id}/retire",
    summary="Check an item no more",
    **says(gives=ref("ComplianceItem"), takes=fields({}), example={}, optional=True),
)
def retire_item(request: Request, item_id: int) -> HttpResponse:
    """For administrators; procedures that have it keep it."""
    item = one_of(Item.objects.all(), item_id)
    only(object_of(request, optional=True), ())
    return answer(_item(actions.retire_item(item, by=request.actor)))


@items.post(
    "/{int:item_id}/restore",
    summary="Check an item again",
    **says(gives=ref("ComplianceItem"), takes=fields({}), example={}, optional=True),
)
def bring_back_item(request: Request, item_id: int) -> HttpResponse:
    """For administrators."""
    item = one_of(Item.objects.all(), item_id)
    only(object_of(request, optional=True), ())
    return answer(_item(actions.bring_back_item(item, by=request.actor)))


def _seen(request: Request, key: int) -> Procedure:
    return seen(Procedure.objects.whole(), request, key)


def _done(request: Request, key: int, action: Any) -> HttpResponse:
    procedure = _seen(request, key)
    only(object_of(request, optional=True), ())
    return _shown(request, action(procedure, by=request.actor))


def _shown(request: Request, procedure: Procedure) -> HttpResponse:
    return answer(record_of(PROCEDURE, procedure.pk, request.user))


def _check(check: Check) -> dict[str, Any]:
    brought = Document.objects.current().filter(check_of=check).order_by("pk")
    told = {name: getattr(check, name) for name in ("id", "state", "reason", "expires_on", "decided_at")}
    decider = {"id": check.decided_by.pk, "name": check.decided_by.name} if check.decided_by else None
    item = {"id": check.item_id, "name": check.item.label}
    return {**told, "item": item, "decided_by": decider, "documents": [_document(each) for each in brought]}


def _document(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in ("id", "name", "media_type", "size", "uploaded_at")}


def _item(item: Item) -> dict[str, Any]:
    told = {name: getattr(item, name) for name in ("id", "key", "needs_document", "months", "retired_at")}
    return {**told, "name": item.label, "help": item.wanted}


def _item_of(given: dict[str, Any], item: Item | None) -> dict[str, Any]:
    """What a form would give, from what was sent over what is."""
    months = given.get("months", item.months if item else None)
    if months is not None and (type(months) is not int or not 1 <= months <= 600):
        raise RuleBroken(_("A whole number from 1, or null."), field="months", value=months)
    needs = (
        yes_in(given, "needs_document") if "needs_document" in given else item is None or item.needs_document
    )
    return {
        "name": text_in(given, "name") if "name" in given else (item.label if item else ""),
        "help": text_in(given, "help") if "help" in given else (item.wanted if item else ""),
        "needs_document": needs,
        "months": months,
    }


def _day_in(given: dict[str, Any], name: str) -> date | None:
    if given.get(name) is None:
        return None
    try:
        return date.fromisoformat(text_in(given, name))
    except ValueError as error:
        raise RuleBroken(_("A day as 2026-12-31."), field=name, value=given.get(name)) from error
