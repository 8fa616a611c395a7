"""“Confirm it is you”: one mechanism before the steps that matter (PPL-6)."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.module_loading import import_string

from leadline.core.answers import asked_by_htmx

READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Step:
    """A step that matters: `when` are the answers with which it does, none for always."""

    method: str
    route: str
    when: tuple[tuple[str, str], ...]
    why: str


@cache
def steps_that_matter() -> dict[tuple[str, str], Step]:
    """Method and route → step, as the roof lists them (setting LEADLINE_STEPS_THAT_MATTER, a dotted path)."""
    found = {}
    for row in filter(None, import_string(settings.LEADLINE_STEPS_THAT_MATTER).splitlines()):
        where, when, why = (cell.strip() for cell in row.split("|"))
        method, route = where.split()
        found[method, route] = Step(method, route, tuple(parse_qsl(when)), why)
    return found


def must_confirm(request: HttpRequest) -> bool:
    """Whether this request is a step that matters and its session was not confirmed within ten minutes."""
    session, match = request.open_session, request.resolver_match  # type: ignore[attr-defined]
    if session is None or session.is_confirmed or match is None:
        return False
    method = "GET" if request.method == "HEAD" else str(request.method)
    step = steps_that_matter().get((method, match.route))
    return step is not None and all(value in request.POST.getlist(name) for name, value in step.when)


def ask_to_confirm(request: HttpRequest) -> HttpResponse:
    """The question: in a dialog over the page, or on a page of its own."""
    if asked_by_htmx(request):
        # 422 keeps the dialog open; the part fetches its form by itself.
        response = HttpResponse(status=422)
        response["HX-Retarget"] = "#dialog"
        response["HX-Trigger"] = "confirm-person"
        response["HX-Reswap"] = "none"
        return response
    back = {"next": _page_of(request)}
    return redirect(f"{reverse('people:confirm')}?{urlencode(back)}")


def _page_of(request: HttpRequest) -> str:
    """The page that the person looked at."""
    if request.method in READING:
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
    return page if page and ours else reverse("people:me")
