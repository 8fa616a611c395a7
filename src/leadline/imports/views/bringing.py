"""The beginning: past imports, the template to download, the file to bring."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leadline.core.actions import require
from leadline.core.answers import go_to
from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken
from leadline.imports import actions, policies
from leadline.imports.files import keep
from leadline.imports.importables import IMPORTABLES, importable
from leadline.imports.models import Import

ON_A_PAGE = 30


@require_GET
def past_imports(request: HttpRequest) -> HttpResponse:
    """The imports of this person, the newest first, the next page by key."""
    before = numeric_id(request.GET.get("before"))
    rows = Import.objects.visible_to(request.user).order_by("-pk")  # type: ignore[arg-type]
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("job", "changes", "created_by")[: ON_A_PAGE + 1])
    further = found[ON_A_PAGE - 1].pk if len(found) > ON_A_PAGE else None
    may = policies.may_import(request.user)  # type: ignore[arg-type]
    return render(
        request, "imports/list.html", {"imports": found[:ON_A_PAGE], "further": further, "may_import": may}
    )


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Choose what to import, download its template, bring the file."""
    _require_import(request)
    return _start(request, request.GET.get("kind", "customers"))


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty file to fill in, with one example."""
    _require_import(request, kind)
    wanted = importable(kind)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{wanted.key}-template.csv"'
    csv.writer(response).writerows([wanted.template, wanted.example])
    return response


@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Take the file; it is streamed to the disk, whatever its size."""
    kind = request.POST.get("kind", "")
    _require_import(request, kind)
    try:
        wanted = importable(kind)
        file = request.FILES.get("file")
        if file is None:
            raise RuleBroken(_("Choose a file."), field="file")
        kept = keep(file.chunks(1 << 20), file.name or "")
        brought = actions.bring(wanted.key, kept, by=request.actor)  # type: ignore[attr-defined]
    except RuleBroken as refusal:
        return _start(request, kind, refusal)
    return go_to(request, reverse("imports:file", args=[brought.pk]))


def _start(request: HttpRequest, kind: str, refusal: RuleBroken | None = None) -> HttpResponse:
    kinds = {key: each for key, each in IMPORTABLES.items() if policies.may_import(request.user, key)}  # type: ignore[arg-type]
    chosen = kinds.get(kind) or next(iter(kinds.values()))
    context = {"kinds": kinds.values(), "chosen": chosen, "refusal": refusal}
    return render(request, "imports/start.html", context, status=422 if refusal else 200)


def _require_import(request: HttpRequest, kind: str = "") -> None:
    allowed = policies.may_import(request.user, kind)  # type: ignore[arg-type]
    require(allowed, _("Your role can't import."), who_can_help=_("A sales manager can."))
