"""Whether this installation can serve: for load balancers, monitors, people who wait for it (INT-7)."""

from dataclasses import asdict
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from leadline.config.watching.metrics import scraped
from leadline.config.watching.readiness import is_ready, readiness


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when it does not; says nothing else, because anybody may ask."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when requests may come here, else 503; each part in words that anybody may read."""
    answers = readiness()
    ready = is_ready(answers)
    body = {"ready": ready, "parts": [asdict(answer) for answer in answers]}
    return JsonResponse(body, status=200 if ready else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' figures: for who has LEADLINE_METRICS_TOKEN, and without one for this machine alone."""
    if not _may_scrape(request):
        raise Http404
    return HttpResponse(scraped(), content_type=CONTENT_TYPE_LATEST)


def _may_scrape(request: HttpRequest) -> bool:
    wanted = settings.LEADLINE_METRICS_TOKEN
    if wanted:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {wanted}")
    # Through a proxy on this machine everybody comes from here.
    return not request.was_forwarded and _is_here(request.META.get("REMOTE_ADDR", ""))  # type: ignore[attr-defined]


def _is_here(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
