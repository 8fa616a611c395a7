"""While it runs and after: progress, counts, rejected rows to mend or take away, undo."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leadline.core.changesets import change_set_state
from leadline.core.jobs import job_state
from leadline.core.lists.addresses import list_where
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.imports import actions
from leadline.imports.models import Import
from leadline.imports.policies import may_change_import
from leadline.imports.rejected import mended, rejected_csv, rejected_page
from leadline.imports.rows import left_out
from leadline.imports.views.checking import preview_context
from leadline.imports.views.fetching import import_of, seen_of, show, step_of, told_of

ON_A_PAGE = 25
CELL = re.compile(r"cell-(?P<row>[0-9]{1,12})-(?P<place>[0-9]{1,4})")

# Where what an import wrote is listed.
LISTS = {str(Import.Kind.CUSTOMERS): "customers:list", str(Import.Kind.LEADS): "leads:list"}


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of an import; one that was not started goes on where it was left."""
    brought = import_of(request, pk)
    if not brought.is_started and not brought.removed_at:
        return redirect(step_of(brought))
    return show(request, brought, "page", _result(request, brought))


@require_GET
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """The part that renews itself: 204 while nothing changed, the page of the next step when it has ended."""
    brought = import_of(request, pk)
    if request.GET.get("seen") == seen_of(brought):
        return HttpResponse(status=204)
    if brought.is_started:
        return render(request, "imports/_result.html", {"import": brought, **_result(request, brought)})
    return render(request, "imports/_preview.html", {"import": brought, **preview_context(request, brought)})


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it after its present portion."""
    return _then_page(request, pk, actions.cancel_import)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Change everything back that nobody edited since."""
    return _then_page(request, pk, actions.undo_import)


@require_GET
def rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """The rejected rows as a table to mend."""
    return _rejected(request, import_of(request, pk))


@require_GET
def rejected_file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rejected rows as a file to mend and bring again."""
    brought = import_of(request, pk)
    response = StreamingHttpResponse(rejected_csv(brought), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{brought.pk}-rejected.csv"'
    return response


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the rows that were mended on the page; the others stay rejected."""
    brought = import_of(request, pk)
    try:
        corrected = actions.correct_rows(brought, rows=_mended(request, brought), by=request.actor)  # type: ignore[attr-defined]
    except (RuleBroken, RulesBroken) as refusal:
        return _rejected(request, brought, refusal)
    return redirect("imports:page", corrected.pk)


def _left_out(brought: Import, request: HttpRequest) -> list[str]:
    """Columns that are left out, as their fields were archived since they were chosen."""
    message = _("“%(field)s” is left out: its field was archived, or your role can't set it.")
    return [message % {"field": name} for name in sorted(left_out(brought, request.user))]


def _result(request: HttpRequest, brought: Import) -> dict[str, Any]:
    job = brought.job
    counts = job.counts if job else brought.counts
    changes = brought.change_set
    return {
        "state": job_state(job) if job else None,
        "seen": seen_of(brought),
        "counts": counts,
        "changes": change_set_state(changes, request.user) if changes else None,
        "may_change": may_change_import(request.user, brought),  # type: ignore[arg-type]
        "repairs": [*brought.study.get("repairs", []), *_left_out(brought, request)],
        "created_list": _list_of(brought, "created", counts),
        "made_list": _list_of(brought, "created", {"created": counts.get("customers_created", 0)}, made=True),
        "updated_list": _list_of(brought, "changed", counts),
        "rejected": rejected_page(brought, limit=10) if counts.get("rejected") else [],
        "corrections": list(brought.corrections.order_by("-pk")),
        "title": _("Result"),
    }


def _list_of(brought: Import, verb: str, counts: dict[str, int], *, made: bool = False) -> str:
    """The list of just those records that this import created (or changed, or `made` for its contacts)."""
    happened = {"created": "created", "changed": "updated"}[verb]
    lists = {str(Import.Kind.CONTACTS): "customers:list"} if made else LISTS
    if brought.kind not in lists or not brought.changes_id or not counts.get(happened):
        return ""
    where = {f"{verb}_in": brought.changes_id}
    return list_where(lists[brought.kind], where)


def _rejected(
    request: HttpRequest, brought: Import, refusal: RuleBroken | RulesBroken | None = None
) -> HttpResponse:
    after = request.GET.get("after", "0")
    start = int(after) if after.isascii() and after.isdecimal() and len(after) < 12 else 0
    found = rejected_page(brought, after=start, limit=ON_A_PAGE + 1)
    names = brought.table_form.names
    columns = [(place, names[place]) for place in brought.columns]
    typed = {name: value for name, value in request.POST.items() if name.startswith("cell-")}
    context = {
        "import": brought,
        "rows": found[:ON_A_PAGE],
        "columns": columns,
        "typed": typed,
        "further": found[ON_A_PAGE - 1].number if len(found) > ON_A_PAGE else None,
        "refused": told_of(refusal),
        "may_change": may_change_import(request.user, brought),  # type: ignore[arg-type]
    }
    return render(request, "imports/rejected.html", context, status=422 if refusal else 200)


def _mended(request: HttpRequest, brought: Import) -> dict[int, list[str]]:
    """The rows in which a cell was changed."""
    typed: dict[int, dict[int, str]] = {}
    for name, value in request.POST.items():
        match = CELL.fullmatch(name)
        if match:
            typed.setdefault(int(match["row"]), {})[int(match["place"])] = str(value)
    return mended(brought, typed)


def _then_page(request: HttpRequest, pk: int, verb: Any) -> HttpResponse:
    brought = import_of(request, pk)
    try:
        verb(brought, by=request.actor)  # type: ignore[attr-defined]
    except RuleBroken as refusal:
        if not brought.is_started:
            raise
        return show(request, brought, "page", _result(request, import_of(request, pk)), refusal)
    return redirect("imports:page", pk)
