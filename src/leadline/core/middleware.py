"""Refusals that no form took become a page or a part in words, never a trace."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leadline.core.answers import asked_by_htmx
from leadline.core.refusals import NotAllowed, Refusal


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
        return render(request, template, {"refusal": failure}, status=status)
