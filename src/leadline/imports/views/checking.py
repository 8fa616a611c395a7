"""The dry run: counts over the whole file, first rows with their problems marked, questions to answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leadline.core.jobs import job_state
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.imports import actions
from leadline.imports.models import Import
from leadline.imports.reading.dates import DateForm
from leadline.imports.reading.numbers import NumberForm
from leadline.imports.reading.tables import Row, samples_of
from leadline.imports.rows import Reader
from leadline.imports.studying import open_questions
from leadline.imports.views.fetching import import_of, seen_of, show, step_of

SHOWN_ROWS = 10


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would come of the file, and what stands in the way."""
    brought = import_of(request, pk)
    return redirect(step_of(brought)) if brought.is_started else _preview(request, brought)


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the whole file, again."""
    return _then_preview(request, pk, lambda brought, by: actions.start_check(brought, by=by))


@require_POST
def answer_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how dates and numbers are written, and check again."""
    brought = import_of(request, pk)
    forms = {place: request.POST.get(f"form-{place}", "") for place in brought.columns}
    kept = {int(place): form for place, form in brought.forms.items()}
    chosen = {**kept, **{place: form for place, form in forms.items() if form}}

    def answered(brought: Import, by: Any) -> None:
        mapped = actions.map_columns(brought, mapping=brought.columns, forms=chosen, by=by)
        actions.start_check(mapped, by=by)

    return _then_preview(request, pk, answered)


@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the import."""
    brought = import_of(request, pk)
    try:
        actions.start_import(brought, by=request.actor)  # type: ignore[attr-defined]
    except (RuleBroken, RulesBroken) as refusal:
        return _preview(request, import_of(request, pk), refusal)
    return redirect("imports:page", pk)


def _then_preview(request: HttpRequest, pk: int, verb: Any) -> HttpResponse:
    brought = import_of(request, pk)
    try:
        verb(brought, request.actor)  # type: ignore[attr-defined]
    except (RuleBroken, RulesBroken) as refusal:
        return _preview(request, import_of(request, pk), refusal)
    return redirect("imports:preview", pk)


def _preview(
    request: HttpRequest, brought: Import, refusal: RuleBroken | RulesBroken | None = None
) -> HttpResponse:
    return show(request, brought, "preview", preview_context(request, brought), refusal)


def preview_context(request: HttpRequest, brought: Import) -> dict[str, Any]:
    """What the part of the page that renews itself shows."""
    names = brought.table_form.names
    reader = Reader(brought, request.actor)  # type: ignore[attr-defined]
    rows = samples_of(brought.table_path, brought.table_form, SHOWN_ROWS)
    problems = {number: reason for number, _cells, reason in brought.problems}
    return {
        "state": job_state(brought.check_job) if brought.check_job else None,
        "seen": seen_of(brought),
        "columns": [(place, names[place]) for place in brought.columns],
        "rows": [(row, problems.get(row.number) or _problem(reader, row)) for row in rows],
        "problems": brought.problems[:SHOWN_ROWS],
        "questions": open_questions(brought),
        "repairs": brought.study.get("repairs", []),
        "date_forms": [
            (DateForm.DAY_FIRST.value, _("Day first: 31/12/2026")),
            (DateForm.MONTH_FIRST.value, _("Month first: 12/31/2026")),
        ],
        "number_forms": [(form.value, form.value) for form in NumberForm],
    }


def _problem(reader: Reader, row: Row) -> str:
    """Why a row of the preview could not be taken, before the dry run has come to it."""
    batch = reader.batch([row])
    return batch.rejected[0].reason if batch.rejected else ""
