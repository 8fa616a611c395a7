"""The audit: one list over history and ledger, one entry, finding whose entries (PPL-7)."""

from collections.abc import Callable
from functools import partial, wraps
from textwrap import shorten
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import escape

from leadline.core.answers import asked_by_htmx
from leadline.core.lists import bulk_doors, doors, view_doors
from leadline.core.lists.door import address_of
from leadline.core.lists.rows import Head
from leadline.core.lists.showing import Shown, shown_list
from leadline.core.requests import Request
from leadline.governance.listing import AUDIT
from leadline.governance.policies import require_audit
from leadline.governance.queries.entries import BESIDE, Line, entry_of, lines_of
from leadline.governance.queries.finding import found_for
from leadline.governance.queries.seals import chain_status

MOST_CHANGES = 3
LONGEST_VALUE = 60
View = Callable[..., HttpResponse]


def for_auditors(view: View) -> View:
    """Let in whoever may see the audit, and tell others who can help."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        require_audit(request.user)
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_auditors
def entries(request: Request) -> HttpResponse:
    """A page of entries as the address says, the latest first, under the state of the chain."""
    shown = shown_list(request, AUDIT)
    heads = partial(_heads, shown)
    return doors.list_page(
        request, "governance/audit.html", shown, heads, named_by="what", chain=chain_status()
    )


@require_safe
@for_auditors
def entry(request: Request, pk: str) -> HttpResponse:
    """One entry with all that is known of it."""
    found = entry_of(int(pk), request.user)
    if found is None:
        raise Http404
    whole = "governance/_entry.html" if asked_by_htmx(request) else "governance/entry.html"
    return render(request, whole, {"entry": found})


@require_safe
@for_auditors
def find(request: Request) -> HttpResponse:
    """People and records by what was typed, with the lists of their entries."""
    typed = request.GET.get("q", "")
    context = {"typed": typed, "found": found_for(typed, request.user)}
    return render(request, "governance/find.html", context)


@require_safe
@for_auditors
def count_all(request: Request) -> HttpResponse:
    """The exact count, when somebody asks for it."""
    return doors.count_all(request, AUDIT)


@require_safe
@for_auditors
def choose_filter(request: Request) -> HttpResponse:
    """Choose a field, then a question about it."""
    return doors.choose_filter(request, AUDIT)


@require_safe
@for_auditors
def choose_columns(request: Request) -> HttpResponse:
    """Choose and order the columns."""
    return doors.choose_columns(request, AUDIT)


@require_http_methods(["GET", "POST"])
@for_auditors
def export(request: Request) -> HttpResponse:
    """A selection, or all that the address shows, as a file; that it was taken is in the ledger."""
    return bulk_doors.export(request, AUDIT)


@require_http_methods(["GET", "POST"])
@for_auditors
def save_view(request: Request) -> HttpResponse:
    """Keep the list as it stands under a name."""
    return view_doors.save_view(request, AUDIT)


@require_http_methods(["GET", "POST"])
@for_auditors
def change_view(request: Request, pk: int) -> HttpResponse:
    """Rename, share or renew a view, or open the list with it."""
    return view_doors.change_view(request, AUDIT, pk)


@require_POST
@for_auditors
def remove_view(request: Request, pk: int) -> HttpResponse:
    """Remove a view."""
    return view_doors.remove_view(request, AUDIT, pk)


@require_safe
@for_auditors
def view_counts(request: Request) -> HttpResponse:
    """How many each view shows."""
    return view_doors.view_counts(request, AUDIT)


def _heads(shown: Shown) -> Head:
    beside = len(shown.asking.columns)
    rows = [(row.id, dict(zip(BESIDE, row.values[beside:], strict=True))) for row in shown.page.rows]
    return _head_cells(lines_of(rows, shown.user))


def _head_cells(lines: dict[int, Line]) -> Head:
    """What makes the first cell: the deed and the record, and what was changed."""

    def head(key: int, beside: tuple[Any, ...]) -> str:
        line = lines[key]
        address = address_of("audit:entry", key)
        record = f" <span>{escape(line.record)}</span>" if line.record else ""
        return (
            f'<th scope="row"><a class="strong" href="{address}" hx-get="{address}" hx-target="#dialog"'
            f' hx-swap="innerHTML">{escape(line.deed)}</a>{record}{_changes(line)}</th>'
        )

    return head


def _changes(line: Line) -> str:
    if line.erased:
        return f'<span class="under told">{escape(_("The content was erased."))}</span>'
    told = [
        f"{change.label}: {_short(change.old)} → {_short(change.new)}"
        for change in line.changes[:MOST_CHANGES]
    ]
    more = f" +{len(line.changes) - MOST_CHANGES}" if len(line.changes) > MOST_CHANGES else ""
    return f'<span class="under told">{escape("; ".join(told))}{more}</span>' if told else ""


def _short(value: str) -> str:
    return shorten(value, LONGEST_VALUE, placeholder="…") or "–"
