"""One shape for every dialog: shown by GET, done by POST, refused as the same part (ALL-2)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from leadline.core.answers import answer, asked_by_htmx, refuse
from leadline.core.forms import ActionForm
from leadline.core.requests import Request


def dialog(
    request: Request,
    template: str,
    form: ActionForm,
    context: dict[str, Any],
    action: Callable[..., Any],
    *args: Any,
    changed: str,
    toast: str,
    otherwise: str,
    whole: str = "customers/dialog_page.html",
) -> HttpResponse:
    """Show the form, or run the action with its answers: accepted closes the dialog, refused shows it again.

    Without htmx the same part stands on a page of its own (`whole`), and acceptance leads to `otherwise`.
    """
    shown = {**context, "form": form, "part": template, "back": otherwise}
    shape = template if asked_by_htmx(request) else whole
    if request.method != "POST":
        return render(request, shape, shown)
    if form.run(action, *args, by=request.actor):
        return answer(request, "customers/_done.html", {}, changed=changed, toast=toast, otherwise=otherwise)
    return refuse(request, shape, {**shown, "refusal": form.refusal})


def chosen_of(request: Request) -> QueryDict:
    """What was typed; where the person chose "theirs" after a conflict, their value instead (ALL-1)."""
    typed = request.POST.copy()
    for name in request.POST.getlist("take_theirs"):
        if name in typed:
            typed.setlist(name, request.POST.getlist(f"theirs_{name}") or [""])
    return typed


def done(request: Request, *, changed: str, toast: str, otherwise: str) -> HttpResponse:
    """The answer to a verb that asked nothing."""
    return answer(request, "customers/_done.html", {}, changed=changed, toast=toast, otherwise=otherwise)
