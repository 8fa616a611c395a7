"""What is done with a procedure, its checks and documents (LEA-10)."""

from typing import Any

from dateutil.relativedelta import relativedelta
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.compliance import actions
from leadline.compliance.files import SHOWN, place_of
from leadline.compliance.forms import ApproveForm, DeclineForm, FileForm, VerdictForm
from leadline.compliance.models import Check, Procedure
from leadline.compliance.views.fetching import (
    PAGE,
    check_for,
    document_of,
    procedure_for,
    procedure_of,
    require_may,
)
from leadline.core.clock import today
from leadline.core.organisation import organisation
from leadline.core.requests import Request
from leadline.customers.views.dialogs import dialog, done


@require_http_methods(["GET", "POST"])
def approve(request: Request, pk: int) -> HttpResponse:
    """Approve the whole."""
    procedure = procedure_for(request, pk, "approve")
    form = ApproveForm(request.POST if request.method == "POST" else None)
    words = {"label": _("Approve"), "action": reverse("compliance:approve", args=[pk])}
    return _dialog(request, form, words, procedure, actions.approve_procedure, _("Approved."))


@require_http_methods(["GET", "POST"])
def decline(request: Request, pk: int) -> HttpResponse:
    """Decline the whole."""
    procedure = procedure_for(request, pk, "decline")
    form = DeclineForm(request.POST if request.method == "POST" else None)
    words = {"label": _("Decline"), "action": reverse("compliance:decline", args=[pk])}
    return _dialog(request, form, words, procedure, actions.decline_procedure, _("Declined."))


@require_POST
def submit(request: Request, pk: int) -> HttpResponse:
    """Send it to review."""
    actions.submit_procedure(procedure_of(request, pk), by=request.actor)
    return _done(request, pk, _("Sent to review."))


@require_POST
def ask_again(request: Request, pk: int) -> HttpResponse:
    """Send it back for documents."""
    actions.ask_again(procedure_of(request, pk), by=request.actor)
    return _done(request, pk, _("Documents are wanted."))


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Open it again."""
    actions.reopen_procedure(procedure_of(request, pk), by=request.actor)
    return _done(request, pk, _("Open again."))


@require_http_methods(["GET", "POST"])
def decide(request: Request, pk: int) -> HttpResponse:
    """Approve or decline one item."""
    check = check_for(request, pk, "review")
    months = check.item.months
    until = today(organisation().time_zone) + relativedelta(months=months) if months else None
    form = VerdictForm(request.POST if request.method == "POST" else None, until=until)
    words = {"label": check.item.label, "action": reverse("compliance:decide", args=[pk])}
    return _dialog(request, form, words, check, actions.decide_check, _("Decided."))


@require_http_methods(["GET", "POST"])
def upload(request: Request, pk: int) -> HttpResponse:
    """Bring a document for an item."""
    check = check_for(request, pk, "edit")
    brought = (request.POST, request.FILES) if request.method == "POST" else ()
    words = {"label": _("Add document"), "action": reverse("compliance:upload", args=[pk]), "files": True}
    return _dialog(request, FileForm(*brought), words, check, actions.add_document, _("Added."))


@require_safe
def document(request: Request, pk: int) -> FileResponse:
    """A document: pictures are shown, all else is a download; a browser runs nothing of either."""
    found = document_of(request, pk)
    is_shown = found.media_type in SHOWN
    response = FileResponse(place_of(found.path).open("rb"), as_attachment=not is_shown, filename=found.name)
    response["Content-Type"] = found.media_type if is_shown else "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a document off."""
    found = document_of(request, pk)
    require_may(request, found.check_of.procedure, "edit")
    actions.remove_document(found, by=request.actor)
    return _done(request, found.check_of.procedure_id, _("Removed."))


def _dialog(
    request: Request, form: Any, words: dict[str, Any], about: Procedure | Check, action: Any, toast: str
) -> HttpResponse:
    procedure = about if isinstance(about, Procedure) else about.procedure
    return dialog(
        request,
        "compliance/_verb.html",
        form,
        {"procedure": procedure, **words},
        action,
        about,
        changed="procedure",
        toast=toast,
        otherwise=reverse("compliance:page", args=[procedure.pk]),
        whole=PAGE,
    )


def _done(request: Request, pk: int, toast: str) -> HttpResponse:
    return done(request, changed="procedure", toast=toast, otherwise=reverse("compliance:page", args=[pk]))
