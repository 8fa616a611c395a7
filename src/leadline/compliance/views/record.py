"""A procedure: its page, and what stands of it beside a lead and a customer (LEA-10)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.compliance import policies
from leadline.compliance.files import SHOWN
from leadline.compliance.models import Document, Procedure
from leadline.compliance.views.fetching import procedure_of
from leadline.core.history import history_of
from leadline.core.requests import Request
from leadline.customers.queries.seeing import customer_seen_by
from leadline.leads.queries.seeing import lead_seen_by

TONES = {"collecting": "info", "review": "warn", "approved": "good", "declined": "bad"}
CHECK_TONES = {"open": "info", "approved": "good", "declined": "bad", "expired": "warn"}


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """What is checked, with its documents, and what was decided."""
    procedure = procedure_of(request, pk)
    entries = history_of("procedure", pk, viewer=request.user).entries
    context = {**_scene(procedure), "may": policies.may_on(request.user, procedure), "entries": entries}
    return render(request, "compliance/page.html", context)


@require_safe
def of_lead(request: Request, pk: int) -> HttpResponse:
    """The state beside a lead; empty where there is none."""
    if lead_seen_by(request.user, pk) is None:
        raise Http404
    return _beside(request, "lead", pk, lead_id=pk)


@require_safe
def of_customer(request: Request, pk: int) -> HttpResponse:
    """The state beside a customer; empty where there is none."""
    if customer_seen_by(request.user, pk) is None:
        raise Http404
    return _beside(request, "customer", pk, customer_id=pk)


def _beside(request: Request, kind: str, pk: int, **about: int) -> HttpResponse:
    seen = Procedure.objects.visible_to(request.user).whole().filter(**about)
    procedure = seen.order_by("-created_at").first()
    context = {**(_scene(procedure) if procedure else {}), "procedure": procedure, "kind": kind, "key": pk}
    return render(request, "compliance/_beside.html", context)


def _scene(procedure: Procedure) -> dict[str, Any]:
    checks = procedure.checks.select_related("item", "decided_by").order_by("item__position", "pk")
    documents: dict[int, list[Document]] = {}
    brought = Document.objects.current().filter(check_of__procedure=procedure)
    for document in brought.select_related("uploaded_by").order_by("pk"):
        documents.setdefault(document.check_of_id, []).append(document)
    return {
        "procedure": procedure,
        "checks": [(check, documents.get(check.pk, [])) for check in checks],
        "tones": TONES,
        "check_tones": CHECK_TONES,
        "shown_types": SHOWN,
    }
