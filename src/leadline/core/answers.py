"""How views answer: yes and no come back as the same piece of page."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def asked_by_htmx(request: HttpRequest) -> bool:
    """Whether a part is wanted rather than a whole page."""
    return request.headers.get("HX-Request") == "true"


def answer(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    changed: str | None = None,
    toast: str | dict[str, Any] | None = None,
    otherwise: str | None = None,
) -> HttpResponse:
    """Show what came of a verb: the part for htmx (200), or a way on (`otherwise`, an address) without it.

    `changed` names what changed (`customer` triggers `customer-changed`); `toast` is told in passing:
    words, or all that `toasts.js` shows.
    """
    if not asked_by_htmx(request) and otherwise:
        return redirect(otherwise)
    response = render(request, template, context)
    return trigger(response, changed=changed, toast=toast)


def refuse(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The same part with what was wrong (422); what was typed stays."""
    return render(request, template, context, status=422)


def trigger(
    response: HttpResponse, *, changed: str | None = None, toast: str | dict[str, Any] | None = None
) -> HttpResponse:
    """Tell the page what changed and what to say, by htmx's header of events."""
    events: dict[str, Any] = {}
    if changed:
        events[f"{changed}-changed"] = True
    if toast:
        events["toast"] = toast if isinstance(toast, dict) else {"message": str(toast)}
    if events:
        response["HX-Trigger"] = json.dumps(events)
    return response


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """Send the browser to another page, whether htmx asked or not."""
    if asked_by_htmx(request):
        response = HttpResponse(status=200)
        response["HX-Redirect"] = address
        return response
    return redirect(address)
