"""How many requests a token may send in a minute, and telling it so (INT-2)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from leadline.api.problems import Problem
from leadline.people.tokens import Sent


def count_against_limit(request: HttpRequest, sent: Sent) -> None:
    """Keep for the answer how much is left of this minute. Raises `Problem` 429 when nothing is."""
    limit = settings.LEADLINE_API_RATE
    headers = {
        "RateLimit-Limit": str(limit),
        "RateLimit-Remaining": str(max(0, limit - sent.requests)),
        "RateLimit-Reset": str(sent.seconds_left),
    }
    request.rate_headers = headers  # type: ignore[attr-defined]
    if sent.requests > limit:
        message = _("More than %(limit)s requests in a minute. Wait %(seconds)s seconds.")
        raise Problem(
            429,
            message % {"limit": limit, "seconds": sent.seconds_left},
            headers={**headers, "Retry-After": str(sent.seconds_left)},
        )


def tell_limit(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say in each answer to a token how much is left."""
    for name, value in getattr(request, "rate_headers", {}).items():
        response.headers[name] = value
    return response
