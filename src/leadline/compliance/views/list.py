"""The list of procedures, with what expires among its views."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.compliance.listing import PROCEDURES
from leadline.core.lists import doors, view_doors
from leadline.core.lists.cells import escape
from leadline.core.lists.door import address_of
from leadline.core.lists.showing import shown_list
from leadline.core.requests import Request


@require_safe
def procedure_list(request: Request) -> HttpResponse:
    """A page of procedures as the address says."""
    shown = shown_list(request, PROCEDURES)
    return doors.list_page(request, "compliance/list.html", shown, lambda: _head)


@require_safe
def count_all(request: Request) -> HttpResponse:
    """The exact count, when somebody asks for it."""
    return doors.count_all(request, PROCEDURES)


@require_safe
def choose_filter(request: Request) -> HttpResponse:
    """Choose a field, then a question about it."""
    return doors.choose_filter(request, PROCEDURES)


@require_safe
def choose_columns(request: Request) -> HttpResponse:
    """Choose and order the columns."""
    return doors.choose_columns(request, PROCEDURES)


@require_http_methods(["GET", "POST"])
def save_view(request: Request) -> HttpResponse:
    """Keep the list as it stands under a name."""
    return view_doors.save_view(request, PROCEDURES)


@require_http_methods(["GET", "POST"])
def change_view(request: Request, pk: int) -> HttpResponse:
    """Rename, share or renew a view, or open the list with it."""
    return view_doors.change_view(request, PROCEDURES, pk)


@require_POST
def remove_view(request: Request, pk: int) -> HttpResponse:
    """Remove a view."""
    return view_doors.remove_view(request, PROCEDURES, pk)


@require_safe
def view_counts(request: Request) -> HttpResponse:
    """How many each view shows."""
    return view_doors.view_counts(request, PROCEDURES)


def _head(key: int, beside: tuple[Any, ...]) -> str:
    link = address_of("compliance:page", 0).replace("/0/", "/%d/")
    return f'<th scope="row"><a class="clip" href="{link % key}">{escape(beside[0] or "")}</a></th>'
