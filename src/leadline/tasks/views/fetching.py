"""How views of tasks fetch and answer: through `visible_to`, in one shape for every dialog (ALL-2, ALL-3)."""

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.core.actions import require
from leadline.core.answers import asked_by_htmx, refuse
from leadline.core.forms import ActionForm
from leadline.core.requests import Request
from leadline.core.subjects import Seen, seen_subjects
from leadline.tasks.models import Task


def require_seeing(request: Request) -> None:
    """The pages of tasks are for whoever may see any."""
    require(request.user.is_system or request.user.may("task", "view"), _("Your role does not have tasks."))


def task_of(request: Request, pk: int) -> Task:
    """A task that the person sees, archived or not."""
    rows = Task.objects.visible_to(request.user).select_related("owner", "made_by", "done_by")
    return get_object_or_404(rows, pk=pk)


def subject_of(request: Request, kind: str, key: int) -> Seen:
    """A record that the person sees; 404 for any other."""
    found = seen_subjects([(kind, key)], request.user).get((kind, key))
    if found is None:
        raise Http404
    return found


def dialog(
    request: Request,
    template: str,
    form: ActionForm,
    context: dict[str, Any],
    action: Callable[..., Any],
    *args: Any,
    toast: str,
    back: str,
) -> HttpResponse:
    """Show the form, or run the action with its answers; without htmx on a page of its own."""
    shown = {**context, "form": form, "part": template, "back": back}
    whole = template if asked_by_htmx(request) else "tasks/dialog_page.html"
    if request.method != "POST":
        return render(request, whole, shown)
    if form.run(action, *args, by=request.actor):
        return done(request, form.result, toast=toast, back=back)
    return refuse(request, whole, {**shown, "refusal": form.refusal})


def done(request: Request, task: Any, *, toast: str, back: str) -> HttpResponse:
    """Close what was open, tell the panels, and say what came of it with the way to the task."""
    if not asked_by_htmx(request):
        return redirect(back)
    response = HttpResponse()
    told: dict[str, Any] = {"message": toast}
    if isinstance(task, Task):
        told |= {"url": reverse("tasks:page", args=[task.pk]), "label": _("Show")}
    response["HX-Trigger"] = json.dumps({"task-changed": True, "toast": told})
    return response
