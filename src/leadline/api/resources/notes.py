"""/notes, and the notes of a customer (CUS-12)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from ninja import Router

from leadline.api.answering import answer_record, locked
from leadline.api.bodies import object_of, only, text_in, yes_in
from leadline.api.describing.operations import FIELDS, LISTING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import fields_of, list_of
from leadline.api.records import record_of
from leadline.api.resources.contacts import named_customer
from leadline.api.resources.seeing import customer_of, customer_seen, note_seen
from leadline.api.scopes import OfOneRecord, about_customers_of
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.models import Customer
from leadline.timeline.fields import NOTE
from leadline.timeline.models import Note

router = Router(tags=["notes"])
of_customer = Router(tags=["notes"])
BODY = {
    "type": "string",
    "maxLength": 50_000,
    "description": "Markdown; @name mentions and notifies a colleague.",
}
PIN = {"type": "boolean", "default": False}
EXAMPLE = {"body": "They would like to see **the product**.", "pin": True}
LIST = says(gives=described_list(ref("Note")), query=LISTING)
VERB = says(gives=ref("Note"), takes=fields({}), example={}, optional=True, versioned=True)


@router.get("", summary="List notes", **LIST)
def list_notes(request: Request) -> HttpResponse:
    """Notes on the customers that you see, the newest first."""
    return list_of(request, NOTE, about_customers_of(request.user), sorts=("-id",))


@of_customer.get("/{int:customer_id}/notes", summary="List notes on a customer", **LIST)
def list_notes_on_customer(request: Request, customer_id: int) -> HttpResponse:
    """Notes on one customer, the newest first."""
    return list_of(
        request, NOTE, OfOneRecord(customer_seen(request, customer_id).pk, "timeline_note.customer_id")
    )


@router.post(
    "",
    summary="Write a note",
    **says(
        gives=ref("Note"),
        status=201,
        takes=fields({"customer": {"type": "integer"}, "body": BODY, "pin": PIN}, "customer", "body"),
        example={"customer": 1, **EXAMPLE},
        versioned=True,
    ),
)
def write_note(request: Request) -> HttpResponse:
    """People it mentions are notified."""
    answers = only(object_of(request), ["customer", "body", "pin"])
    return _written(request, named_customer(request, answers), answers)


@of_customer.post(
    "/{int:customer_id}/notes",
    summary="Write a note on a customer",
    **says(
        gives=ref("Note"),
        status=201,
        takes=fields({"body": BODY, "pin": PIN}, "body"),
        example=EXAMPLE,
        versioned=True,
    ),
)
def write_note_on_customer(request: Request, customer_id: int) -> HttpResponse:
    """The same, where the address names the customer."""
    customer = customer_seen(request, customer_id)
    return _written(request, customer, only(object_of(request), ["body", "pin"]))


@router.get(
    "/{int:note_id}", summary="Read a note", **says(gives=ref("Note"), query=[FIELDS], versioned=True)
)
def get_note(request: Request, note_id: int) -> HttpResponse:
    """One note with its ETag."""
    note = note_seen(request, note_id)
    data = record_of(NOTE, note.pk, request.user, fields_of(request, NOTE))
    return answer_record(request, data, version=note.version)


@router.patch(
    "/{int:note_id}",
    summary="Change a note",
    **says(
        gives=ref("Note"),
        takes=fields({"body": BODY}, "body"),
        example={"body": "They saw it."},
        versioned=True,
    ),
)
def change_note(request: Request, note_id: int) -> HttpResponse:
    """What it said before stays in its history."""
    note = note_seen(request, note_id)
    answers = only(object_of(request), ["body"])
    note = locked(request, note)
    changed = actions.edit_note(
        note, customer_of(note), body=text_in(answers, "body"), version=note.version, by=request.actor
    )
    return _shown(request, changed)


@router.post("/{int:note_id}/pin", summary="Pin a note", **VERB)
def pin_note(request: Request, note_id: int) -> HttpResponse:
    """It stays on top."""
    return _simple(request, note_id, actions.pin_note)


@router.post("/{int:note_id}/unpin", summary="Unpin a note", **VERB)
def unpin_note(request: Request, note_id: int) -> HttpResponse:
    """It goes back among the others."""
    return _simple(request, note_id, actions.unpin_note)


@router.post("/{int:note_id}/archive", summary="Archive a note", **VERB)
def archive_note(request: Request, note_id: int) -> HttpResponse:
    """It can be restored."""
    return _simple(request, note_id, actions.archive_note)


@router.post("/{int:note_id}/restore", summary="Restore a note", **VERB)
def restore_note(request: Request, note_id: int) -> HttpResponse:
    """Bring an archived note back."""
    return _simple(request, note_id, actions.restore_note)


def _written(request: Request, customer: Customer, answers: dict[str, Any]) -> HttpResponse:
    note = actions.write_note(
        customer, body=text_in(answers, "body"), pin=yes_in(answers, "pin"), by=request.actor
    )
    return _shown(request, note, status=201)


def _simple(request: Request, key: int, verb: Callable[..., Note]) -> HttpResponse:
    note = note_seen(request, key)
    only(object_of(request, optional=True), ())
    return _shown(request, verb(locked(request, note), customer_of(note), by=request.actor))


def _shown(request: Request, note: Note, *, status: int = 200) -> HttpResponse:
    location = f"/api/v1/notes/{note.pk}" if status == 201 else ""
    data = record_of(NOTE, note.pk, request.user)
    return answer_record(request, data, version=note.version, status=status, location=location)
