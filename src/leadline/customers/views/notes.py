"""Notes and their files (CUS-12)."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leadline.core.actions import Actor
from leadline.core.history import history_of
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.forms import EditNoteForm, NoteForm
from leadline.customers.models import Customer
from leadline.customers.views.dialogs import dialog, done
from leadline.customers.views.fetching import customer_for, customer_of, for_editing, note_of
from leadline.timeline.files import folder
from leadline.timeline.models import Attachment, Note


@require_http_methods(["GET", "POST"])
def write_note(request: Request, pk: int) -> HttpResponse:
    """Write a note, with files."""
    customer = customer_for(request, pk, "log")

    def write(about: Customer, *, version: int | None = None, by: Actor, **answers: Any) -> Note:
        files = request.FILES.getlist("files")
        return actions.write_note(about, files=files, pin="pin" in request.POST, **answers, by=by)

    form = NoteForm(request.POST or None)
    return dialog(
        request,
        "customers/_note.html",
        form,
        {"customer": customer, "note": None},
        write,
        customer,
        changed="note",
        toast=_("Note written."),
        otherwise=_back(customer),
    )


@require_http_methods(["GET", "POST"])
def edit_note(request: Request, pk: int) -> HttpResponse:
    """Change the words of a note; what it said before stays in its history."""
    note, customer = for_editing(request, note_of(request, pk))

    def edit(note: Note, about: Customer, **answers: Any) -> Note:
        return actions.edit_note(note, about, files=request.FILES.getlist("files"), **answers)

    form = EditNoteForm(request.POST or None, initial={"body": note.body, "version": note.version})
    context = {"customer": customer, "note": note, "current": {"body": note.body, "version": note.version}}
    return dialog(
        request,
        "customers/_note.html",
        form,
        context,
        edit,
        note,
        customer,
        changed="note",
        toast=_("Saved."),
        otherwise=_back(customer),
    )


@require_POST
def pin_note(request: Request, pk: int) -> HttpResponse:
    """Keep a note on top."""
    note, customer = note_of(request, pk)
    actions.pin_note(note, customer, by=request.actor)
    return done(request, changed="note", toast=_("Pinned."), otherwise=_back(customer))


@require_POST
def unpin_note(request: Request, pk: int) -> HttpResponse:
    """Let a note go back among the others."""
    note, customer = note_of(request, pk)
    actions.unpin_note(note, customer, by=request.actor)
    return done(request, changed="note", toast=_("Unpinned."), otherwise=_back(customer))


@require_POST
def archive_note(request: Request, pk: int) -> HttpResponse:
    """Take a note away."""
    note, customer = note_of(request, pk)
    actions.archive_note(note, customer, by=request.actor)
    return done(request, changed="note", toast=_("Note archived."), otherwise=_back(customer))


@require_GET
def note_history(request: Request, pk: int) -> HttpResponse:
    """What a note said before, and who changed it."""
    note, customer = note_of(request, pk)
    entries = history_of("note", note.pk, viewer=request.user).entries
    context = {"note": note, "customer": customer, "entries": entries}
    return render(request, "customers/_note_history.html", context)


@require_GET
def attachment(request: Request, pk: int) -> FileResponse:
    """A file of a note, always as a download: a browser never runs it (CUS-12)."""
    file = get_object_or_404(Attachment.objects.visible_to(request.user).current(), pk=pk)
    response = FileResponse((folder() / file.path).open("rb"), as_attachment=True, filename=file.name)
    response["Content-Type"] = "application/octet-stream"
    return response


@require_POST
def remove_attachment(request: Request, pk: int) -> HttpResponse:
    """Take a file off its note."""
    file, customer = _attachment_of(request, pk)
    actions.remove_attachment(file, customer, by=request.actor)
    return done(request, changed="note", toast=_("File removed."), otherwise=_back(customer))


def _attachment_of(request: Request, pk: int) -> tuple[Attachment, Customer]:
    files = Attachment.objects.visible_to(request.user).select_related("note__author")
    file = get_object_or_404(files, pk=pk)
    return file, customer_of(request, file.note.customer_id)


def _back(customer: Customer) -> str:
    return reverse("customers:notes", args=[customer.pk])
