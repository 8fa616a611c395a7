"""The page for visitors: no session, no cookie; it may stand within the pages of other sites (LEA-2)."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leadline.core.clock import now
from leadline.core.forms import ActionForm
from leadline.core.organisation import organisation
from leadline.webforms import actions
from leadline.webforms.models import Submission, WebForm
from leadline.webforms.public import (
    TRAP,
    frame_sites,
    language_of,
    language_of_the_page,
    parted,
    visitor_form,
)
from leadline.webforms.queries import form_of_key
from leadline.webforms.receiving import MOST_BYTES, house_of, receive
from leadline.webforms.stamps import stamp_for

THEMES = ("light", "dark")


# A visitor has no session here, so there is nothing that a forged request could misuse.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form, take what is sent, thank for it. A form that is closed says so, to everybody alike."""
    found = form_of_key(key)
    if found is None:
        return render(request, "webforms/closed.html", {}, status=404)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    language = language_of(request, found)
    with translation.override(language_of_the_page(language)):
        response = (
            _taken(request, found, language) if request.method == "POST" else _shown(request, found, language)
        )
    response.headers["Content-Language"] = language
    return _for_other_sites(response, found)


def _shown(request: HttpRequest, found: WebForm, language: str) -> HttpResponse:
    if request.method == "GET":
        actions.count_view(found, by=house_of(found))
    return _page(request, found, language, visitor_form(found, language))


def _taken(request: HttpRequest, found: WebForm, language: str) -> HttpResponse:
    form = visitor_form(found, language, request.POST)

    def take(**given: Any) -> Submission:
        answers, ticked = parted(given)
        return receive(
            found,
            request,
            answers,
            ticked=ticked,
            trap=request.POST.get(TRAP, "")[:200],
            stamp=request.POST.get("stamp", ""),
            language=language,
        )

    if not form.run(take):
        return _page(request, found, language, form, status=422)
    if found.redirect and not _embedded(request):
        return HttpResponseRedirect(found.redirect)
    return _page(request, found, language, None)


def _page(
    request: HttpRequest, found: WebForm, language: str, form: ActionForm | None, status: int = 200
) -> HttpResponse:
    theme = request.GET.get("theme", "")
    context = {
        "form": form,
        "found": found,
        "words": found.texts.get(language, {}),
        "language": language,
        "house": organisation().name,
        "embedded": _embedded(request),
        "theme": theme if theme in THEMES else "",
        "trap": TRAP,
        "stamp": request.POST.get("stamp", "")[:80] or stamp_for(found.key, now()),
        "address": request.get_full_path(),
    }
    return render(request, "webforms/visit.html", context, status=status)


def _embedded(request: HttpRequest) -> bool:
    return request.GET.get("embedded") == "1"


def _for_other_sites(response: HttpResponse, found: WebForm) -> HttpResponse:
    """Only this page may be framed, by the sites of the form; it may lead on to where the form says."""
    sites = list(frame_sites(found))
    response.xframe_options_exempt = True
    parts = urlsplit(found.redirect)
    leads_to = [f"{parts.scheme}://{parts.netloc}"] if found.redirect else []
    response._csp_replace = {  # type: ignore[attr-defined]
        "frame-ancestors": sites,
        "form-action": ["'self'", *leads_to],
    }
    return response
