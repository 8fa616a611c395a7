"""Saved views of the list of customers (CUS-5)."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.lists import view_doors
from leadline.core.requests import Request
from leadline.customers.listing import CUSTOMERS


@require_http_methods(["GET", "POST"])
def save_view(request: Request) -> HttpResponse:
    """Keep the list as it stands under a name."""
    return view_doors.save_view(request, CUSTOMERS)


@require_http_methods(["GET", "POST"])
def change_view(request: Request, pk: int) -> HttpResponse:
    """Rename, share or renew a view, or open the list with it."""
    return view_doors.change_view(request, CUSTOMERS, pk)


@require_POST
def remove_view(request: Request, pk: int) -> HttpResponse:
    """Remove a view."""
    return view_doors.remove_view(request, CUSTOMERS, pk)


@require_safe
def view_counts(request: Request) -> HttpResponse:
    """How many each view shows."""
    return view_doors.view_counts(request, CUSTOMERS)
