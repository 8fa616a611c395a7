"""“Confirm it is you”: one mechanism before steps that matter, which other apps use too (PPL-6)."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from leadline.core.answers import asked_by_htmx
from leadline.core.requests import Request

View = TypeVar("View", bound=Callable[..., HttpResponse])
READING = ("GET", "HEAD", "OPTIONS")


def recently_confirmed(view: View) -> View:
    """Let a view change something only when the person proved to be there within ten minutes.

    Looking is free. A page gets a dialog that asks for password, code or passkey, and then sends again what
    was meant; without script, a page that leads back. The API has its own way, see `api.authentication`.
    """

    @functools.wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in READING or is_confirmed(request):
            return view(request, *args, **kwargs)
        return ask_to_confirm(request)

    return guarded  # type: ignore[return-value]


def confirmed_to_begin(view: View) -> View:
    """The same for a page on which something is typed: it is asked before, so that nothing typed is lost."""

    @functools.wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if is_confirmed(request) else ask_to_confirm(request)

    return guarded  # type: ignore[return-value]


def is_confirmed(request: Request) -> bool:
    """Whether the person of this session proved to be there a short while ago."""
    return request.open_session is not None and request.open_session.is_confirmed


def ask_to_confirm(request: Request) -> HttpResponse:
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


def _page_of(request: Request) -> str:
    """The page that the person looked at."""
    if request.method in READING:
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
    return page if page and ours else reverse("people:me")
