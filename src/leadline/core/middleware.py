"""What holds for every answer: refusals in words, never a trace; and what a browser may do with it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leadline.core.answers import asked_by_htmx
from leadline.core.refusals import NotAllowed, Refusal

# What no page of ours uses, so that no script in one gets it either.
_NEVER_USED = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class KeptPrivate:
    """No cache keeps an answer that does not say otherwise, and no other site may embed it.

    So a browser in which somebody signed out shows nothing by going back. Static files don't pass here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = _NEVER_USED
        return response


class RefusalsInWords:
    """Answer 403 to what is not allowed and 422 to a broken rule, with the refusal's own sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        """Turn a refusal into an answer; anything else is a fault and goes on."""
        if not isinstance(failure, Refusal):
            return None
        status = 403 if isinstance(failure, NotAllowed) else 422
        template = "core/_refusal.html" if asked_by_htmx(request) else f"core/{status}.html"
        return render(request, template, {"refusal": failure, "explained": True}, status=status)
