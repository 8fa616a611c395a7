"""Adding tasks: by one line, or by the form with all of it (TIM-7)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import Actor, require
from leadline.core.answers import answer, asked_by_htmx, refuse
from leadline.core.clock import now
from leadline.core.events import Subject
from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.tasks import actions, policies
from leadline.tasks.forms import QuickForm, TaskForm
from leadline.tasks.models import Task
from leadline.tasks.reading import read_line
from leadline.tasks.showing import due_of
from leadline.tasks.views.fetching import dialog


@require_POST
def quick(request: Request) -> HttpResponse:
    """Add a task by one line that may say when it is due; the emptied line is the answer."""
    zone = timezone.get_current_timezone_name()
    form = QuickForm(request.POST)
    if form.run(_add_line, zone=zone, by=request.actor):
        about = form["about"].value() or ""
        context = {"form": QuickForm(initial={"about": about}), "about": about}
        told = _told(form.result, zone)
        return answer(
            request, "tasks/_quick.html", context, changed="task", toast=told, otherwise=reverse("tasks:list")
        )
    context = {"form": form, "about": form["about"].value() or ""}
    whole = "tasks/_quick.html" if asked_by_htmx(request) else "tasks/dialog_page.html"
    return refuse(request, whole, {**context, "part": "tasks/_quick.html", "back": reverse("tasks:list")})


@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """Add a task with all of it; `?about=customer.7` says about what, `?title=` what."""
    require(policies.may_add_tasks(request.user), _("Your role does not make tasks."))
    given = request.GET
    kind, _dot, key = given.get("about", "").partition(".")
    start: dict[str, Any] = {"title": given.get("title", "")[:200]}
    if kind in TaskForm.kinds_about() and numeric_id(key):
        start[f"about_{kind}"] = numeric_id(key)
    form = TaskForm(request.POST or None, user=request.user, initial=start)
    return dialog(
        request,
        "tasks/_task.html",
        form,
        {"task": None},
        actions.add_task,
        toast=_("Task added."),
        back=reverse("tasks:list"),
    )


def _add_line(*, line: str, about: Subject | None, zone: str, by: Actor) -> Task:
    said = read_line(line, now=now(), zone=zone)
    try:
        return actions.add_task(
            title=said.title,
            priority=Task.Priority.HIGH if said.is_high else Task.Priority.NORMAL,
            due_at=said.due_at,
            due_on=said.due_on,
            zone=zone if said.due_at else "",
            about=about,
            by=by,
        )
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field="line", value=refusal.value) from refusal


def _told(task: Task, zone: str) -> str:
    due = due_of(task.due_at, task.due_on, task.zone, now=now(), zone=zone)
    if not due.words:
        return _("Task added, without a date.")
    return _("Task added, due: %(when)s") % {"when": due.words}
