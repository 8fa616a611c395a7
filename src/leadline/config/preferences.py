"""Appearance and language: kept in a cookie for this browser, and with the person who is signed in."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from leadline.core.addresses import safe_next
from leadline.core.answers import asked_by_htmx
from leadline.core.jinja import THEMES
from leadline.core.requests import Request
from leadline.people import actions

A_YEAR = 365 * 24 * 3600
LANGUAGES = dict(settings.LANGUAGES)


@require_POST
def choose_theme(request: Request) -> HttpResponse:
    """Light, dark or as the device says."""
    theme = request.POST.get("theme", "")
    response = _back(request)
    if theme in THEMES:
        _keep(response, "theme", theme)
    return response


@require_POST
def choose_language(request: Request) -> HttpResponse:
    """The language of the pages; a person's own profile takes it over (ALL-9)."""
    language = request.POST.get("language", "")
    response = _back(request)
    if language in LANGUAGES:
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        if request.user.is_authenticated:
            actions.choose_own_language(request.user, language=language, by=request.actor)
    return response


def _back(request: Request) -> HttpResponse:
    if asked_by_htmx(request):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect(safe_next(request))


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=False
    )
