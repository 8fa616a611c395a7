"""Changing and exporting many customers (CUS-7, CUS-8)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from leadline.core.lists import bulk_doors
from leadline.customers.listing import CUSTOMERS


@require_http_methods(["GET", "POST"])
def bulk(request: HttpRequest, verb: str) -> HttpResponse:
    """One verb on a selection: asked, previewed, started as a job."""
    return bulk_doors.bulk(request, CUSTOMERS, verb)


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """A selection, or all that the address shows, as a file."""
    return bulk_doors.export(request, CUSTOMERS)
