"""The page of one task, and the panels of open tasks on the pages of records (TIM-7, TIM-8)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from leadline.core.clock import now
from leadline.core.history import history_of
from leadline.core.requests import Request
from leadline.tasks import policies
from leadline.tasks.forms import QuickForm, before_in_words
from leadline.tasks.models import Task
from leadline.tasks.queries import line_of, next_about, open_about
from leadline.tasks.showing import due_of
from leadline.tasks.views.fetching import require_seeing, subject_of, task_of

ENTRIES = 50


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """All of a task."""
    require_seeing(request)
    task, zone = task_of(request, pk), timezone.get_current_timezone_name()
    context = {
        "task": task,
        "line": line_of(task, request.user, zone=zone),
        "reminder": before_in_words(task.remind_before) if task.remind_before is not None else "",
        "following": Task.objects.visible_to(request.user).filter(follows=task).first(),
        "may": {
            "edit": policies.may_edit_task(request.user, task),
            "assign": policies.may_assign_task(request.user, task),
        },
        "tab": "page",
    }
    return render(request, "tasks/page.html", context)


@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """Every change of a task, in plain words."""
    require_seeing(request)
    task = task_of(request, pk)
    portion = history_of("task", pk, limit=ENTRIES, viewer=request.user)
    context = {"task": task, "portion": portion, "tab": "history"}
    return render(request, "tasks/history.html", context)


@require_GET
def about(request: Request, kind: str, key: int) -> HttpResponse:
    """The open tasks about a record, with a line to add one; a part of its page."""
    require_seeing(request)
    subject = subject_of(request, kind, key)
    lines, more = open_about(kind, key, request.user, zone=timezone.get_current_timezone_name())
    context = {
        "lines": lines,
        "more": more,
        "kind": kind,
        "key": key,
        "subject": subject,
        "about": f"{kind}.{key}",
        "form": QuickForm(initial={"about": f"{kind}.{key}"}),
        "may_add": policies.may_add_tasks(request.user),
        "may_edit": {line.task.pk for line in lines if policies.may_edit_task(request.user, line.task)},
    }
    return render(request, "tasks/_about.html", context)


@require_GET
def next_step(request: Request, kind: str, key: int) -> HttpResponse:
    """The next step with a record, for the head of its page; empty where nothing is planned."""
    require_seeing(request)
    subject_of(request, kind, key)
    task = next_about(kind, key, request.user)
    zone = timezone.get_current_timezone_name()
    due = due_of(task.due_at, task.due_on, task.zone, now=now(), zone=zone) if task else None
    context = {"task": task, "due": due, "kind": kind, "key": key}
    return render(request, "tasks/_next_step.html", context)
