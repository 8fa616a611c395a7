"""Whatever goes wrong under /api, before or behind an operation, is told as a problem and never as a page."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from leadline.api.limiting import tell_limit
from leadline.api.problems import MEDIA_TYPE, not_found, problem
from leadline.people.explaining.addresses import why_address


class ProblemsUnderApi:
    """Turn error pages under /api into problem details: unknown paths, wrong methods, faults."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = tell_limit(request, self.get_response(request))
        if not request.path_info.startswith("/api/") or response.status_code < 400:
            return response
        if response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        return _as_problem(request, response)


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code == HTTPStatus.NOT_FOUND:
        told = not_found(why_address(request, missing=True))
    else:
        told = problem(response.status_code, _words_of(response.status_code))
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in response.headers:
            told.headers[name] = response.headers[name]
    return told


def _words_of(status: int) -> str:
    return {
        400: _("This request can't be understood."),
        403: _("This is not allowed."),
        405: _("This address does not take this method."),
        413: _("This is more than the server takes at once."),
    }.get(status, _("Something unexpected went wrong. Nothing was changed."))
