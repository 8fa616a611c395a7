"""What the pages of one import share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.core.jobs import job_state
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.imports.importables import importable
from leadline.imports.models import Import

STEPS = ("file", "columns", "duplicates", "preview", "page")


def import_of(request: HttpRequest, pk: int) -> Import:
    """An import that the person sees."""
    rows = Import.objects.visible_to(request.user)  # type: ignore[arg-type]
    return get_object_or_404(rows.select_related("job", "changes", "check_job", "parent"), pk=pk)


def show(
    request: HttpRequest,
    brought: Import,
    step: str,
    context: dict[str, Any],
    refusal: RuleBroken | RulesBroken | None = None,
) -> HttpResponse:
    """A page of the way, with what was refused where something was (422)."""
    shown = {
        "import": brought,
        "kind": importable(brought.kind),
        "step_labels": [_("File"), _("Columns"), _("Duplicates"), _("Check"), _("Result")],
        "at": STEPS.index(step) + 1,
        "refused": told_of(refusal),
        **context,
    }
    return render(request, f"imports/{step}.html", shown, status=422 if refusal else 200)


def seen_of(brought: Import) -> str:
    """What a page that renews itself has seen: how far the job is, and whether it is being undone."""
    job = brought.job or brought.check_job
    changes = brought.change_set
    return f"{job_state(job).fingerprint if job else ''}-{changes.state if changes else ''}"


def told_of(refusal: RuleBroken | RulesBroken | None) -> list[RuleBroken]:
    """The sentences of a refusal, each with its field."""
    if refusal is None:
        return []
    return refusal.broken if isinstance(refusal, RulesBroken) else [refusal]


def step_of(brought: Import) -> str:
    """Where to go on with an import that was left."""
    if brought.is_started or brought.removed_at:
        return reverse("imports:page", args=[brought.pk])
    return reverse("imports:preview" if brought.check_job else "imports:file", args=[brought.pk])
