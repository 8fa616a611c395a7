"""Kept mappings: listed, renamed, removed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from leadline.core.refusals import RuleBroken
from leadline.imports import actions
from leadline.imports.importables import importable
from leadline.imports.models import SavedMapping
from leadline.imports.views.fetching import told_of


@require_GET
def mappings(request: HttpRequest) -> HttpResponse:
    """What this person chose for the columns of earlier files."""
    return _shown(request)


@require_POST
def rename_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it something."""
    mapping = _mapping(request, pk)
    try:
        actions.rename_mapping(mapping, name=request.POST.get("name", ""), by=request.actor)  # type: ignore[attr-defined]
    except RuleBroken as refusal:
        return _shown(request, refusal)
    return redirect("imports:mappings")


@require_POST
def remove_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget it."""
    actions.remove_mapping(_mapping(request, pk), by=request.actor)  # type: ignore[attr-defined]
    return redirect("imports:mappings")


def _mapping(request: HttpRequest, pk: int) -> SavedMapping:
    return get_object_or_404(SavedMapping.objects.visible_to(request.user), pk=pk)  # type: ignore[arg-type]


def _shown(request: HttpRequest, refusal: RuleBroken | None = None) -> HttpResponse:
    rows = SavedMapping.objects.visible_to(request.user).order_by("-updated_at")[:200]  # type: ignore[arg-type]
    lines = []
    for mapping in rows:
        kind = importable(mapping.kind)
        labels = dict(kind.labels(request.user))  # type: ignore[arg-type]
        filled = [str(labels[field]) for field in mapping.fields.values() if field in labels]
        lines.append(
            {
                "mapping": mapping,
                "fields": filled,
                "key": dict(kind.known_by(request.user)).get(mapping.key, ""),  # type: ignore[arg-type]
            }
        )
    context = {"lines": lines, "refused": told_of(refusal)}
    return render(request, "imports/mappings.html", context, status=422 if refusal else 200)
