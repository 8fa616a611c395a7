"""Changing and exporting many customers (CUS-7, CUS-8)."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from leadline.core.lists import bulk_doors
from leadline.core.requests import Request
from leadline.customers.listing import CUSTOMERS


@require_http_methods(["GET", "POST"])
def bulk(request: Request, verb: str) -> HttpResponse:
    """One verb on a selection: asked, previewed, started as a job."""
    return bulk_doors.bulk(request, CUSTOMERS, verb)


@require_http_methods(["GET", "POST"])
def export(request: Request) -> HttpResponse:
    """A selection, or all that the address shows, as a file."""
    return bulk_doors.export(request, CUSTOMERS)
