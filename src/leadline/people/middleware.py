"""Who is asking: the actor of the request, in the person's language and time zone."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from leadline.core.actions import Actor
from leadline.core.clock import zone_of
from leadline.core.organisation import organisation

KNOWN_LANGUAGES = dict(settings.LANGUAGES)


class WhoIsAsking:
    """Set `request.actor`, and the language and zone in which everything is shown (ALL-6, ALL-9)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = Actor(user)  # type: ignore[attr-defined]
        language = _language_of(request)
        zone = getattr(user, "time_zone", "") or organisation().time_zone
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(zone_of(zone)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _language_of(request: HttpRequest) -> str:
    chosen = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in KNOWN_LANGUAGES:
        return chosen
    if request.user.is_authenticated:
        return organisation().language if organisation().language in KNOWN_LANGUAGES else "en"
    return translation.get_language_from_request(request)
