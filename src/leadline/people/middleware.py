"""Who is asking: the session, the actor of the request, in the person's language and time zone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode

from leadline.core.actions import Actor
from leadline.core.addresses import page_of
from leadline.core.answers import go_to
from leadline.core.clock import now, zone_of
from leadline.core.organisation import organisation
from leadline.people.signing.actions import note_presence
from leadline.people.signing.confirming import ask_to_confirm, must_confirm
from leadline.people.signing.origin import address_of
from leadline.people.signing.recognising import recognise
from leadline.people.signing.viewing import actor_of, refused_while_viewing

KNOWN_LANGUAGES = dict(settings.LANGUAGES)
NOTED_EVERY = timedelta(minutes=5)
# What somebody needs who is about to set up a second factor; the API answers for itself.
WITHOUT_FACTOR = (
    "/second-factor",
    "/me/codes",
    "/me/passkeys/add",
    "/sign-out",
    "/confirm",
    "/theme",
    "/language",
    "/api/",
)


class WhoseSession:
    """Set `request.user` and `request.open_session` (None for a stranger): one query, seldom a write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user, session = recognise(request) or (AnonymousUser(), None)
        request.user = user
        request.open_session = session  # type: ignore[attr-defined]
        if session and session.seen_at < now() - NOTED_EVERY:
            note_presence(session.id, address=address_of(request), by=Actor(user))
        return self.get_response(request)


class SecondFactorFirst:
    """Lead whoever lacks a second factor that a role needs to set one up, before anything else (PPL-6)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.open_session  # type: ignore[attr-defined]
        if session is None or not session.lacks_factor or request.path.startswith(WITHOUT_FACTOR):
            return self.get_response(request)
        on = urlencode({"next": page_of(request)} if request.method == "GET" else {})
        return go_to(request, f"{reverse('people:factor_needed')}?{on}")


class ConfirmedFirst:
    """Ask “confirm it is you” before the steps that matter (PPL-6); the API answers for itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_of_view: Any) -> HttpResponse | None:
        """Called when it is known which view a request is for."""
        if request.path.startswith("/api/") or not must_confirm(request):
            return None
        return ask_to_confirm(request)


class WhoIsAsking:
    """Set `request.actor`, and the language and zone in which everything is shown (ALL-6, ALL-9)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        language = _language_of(request)
        zone = getattr(user, "time_zone", "") or organisation().time_zone
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(zone_of(zone)):
            response = refused_while_viewing(request) or self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _language_of(request: HttpRequest) -> str:
    chosen = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in KNOWN_LANGUAGES:
        return chosen
    if request.user.is_authenticated:
        return organisation().language if organisation().language in KNOWN_LANGUAGES else "en"
    return translation.get_language_from_request(request)
