"""The verbs of one task (TIM-7)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import Actor, require
from leadline.core.clock import now
from leadline.core.forms import ActionForm
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.tasks import actions, policies
from leadline.tasks.bulk import somebody
from leadline.tasks.forms import AssignForm, FinishForm, SnoozeForm, TaskForm
from leadline.tasks.models import Task
from leadline.tasks.showing import snooze_choices
from leadline.tasks.verbs import WHO_MAY
from leadline.tasks.views.fetching import dialog, done, task_of


@require_POST
def finish(request: Request, pk: int) -> HttpResponse:
    """It is done, perhaps with what came of it."""
    form = FinishForm(request.POST)
    task = task_of(request, pk)
    if not form.run(actions.finish_task, task, by=request.actor):
        raise form.refusal or RuleBroken(_("The outcome has at most 500 characters."), field="outcome")
    toast = _("Done. The next one is on your list.") if task.repeats else _("Done.")
    return done(request, task, toast=toast, back=_page(task))


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """It is still to do."""
    return _simple(request, pk, actions.reopen_task, _("Open again."))


@require_POST
def archive(request: Request, pk: int) -> HttpResponse:
    """Out of use; it can be restored."""
    return _simple(request, pk, actions.archive_task, _("Archived. It can be restored."))


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Into use again."""
    return _simple(request, pk, actions.restore_task, _("Restored."))


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change what, when, how urgent, about what."""
    task = _editable(request, pk)
    user = request.user
    form = TaskForm(request.POST or None, user=user, task=task, initial=TaskForm.start_of(task))
    return _verb(request, "tasks/_task.html", form, task, _change, _("Saved."))


@require_http_methods(["GET", "POST"])
def snooze(request: Request, pk: int) -> HttpResponse:
    """Put it off: to a moment that is offered, or to one that is picked."""
    task = _editable(request, pk)
    form = SnoozeForm(request.POST or None)
    return _verb(request, "tasks/_snooze.html", form, task, _snooze, _("Snoozed."))


@require_http_methods(["GET", "POST"])
def assign(request: Request, pk: int) -> HttpResponse:
    """Give it to somebody."""
    task = task_of(request, pk)
    require(policies.may_assign_task(request.user, task), who_can_help=WHO_MAY)
    form = AssignForm(request.POST or None)
    return _verb(request, "tasks/_assign.html", form, task, _assign, _("Given to somebody else."))


def _editable(request: Request, pk: int) -> Task:
    task = task_of(request, pk)
    require(policies.may_edit_task(request.user, task), who_can_help=WHO_MAY)
    return task


def _change(task: Task, *, by: Actor, about: Any, **given: Any) -> Task:
    """What it is about stays where the form could not show it."""
    if task.about_kind and not about and task.about_kind not in TaskForm.kinds_about():
        return actions.change_task(task, by=by, **given)
    return actions.change_task(task, by=by, about=about, **given)


def _snooze(task: Task, *, until: Any, by: Actor) -> Task:
    try:
        return actions.snooze_task(task, until=until, by=by)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field="pick", value=refusal.value) from refusal


def _assign(task: Task, *, owner: int, by: Actor) -> Task:
    found = somebody(owner)
    if found is None:
        raise RuleBroken(_("Choose somebody who works here and has tasks."), field="owner", value=owner)
    return actions.reassign_task(task, owner=found, by=by)


def _verb(
    request: Request, template: str, form: ActionForm, task: Task, action: Callable[..., Task], toast: str
) -> HttpResponse:
    choices = snooze_choices(now(), timezone.get_current_timezone_name())
    context = {"task": task, "choices": choices}
    return dialog(request, template, form, context, action, task, toast=toast, back=_page(task))


def _simple(request: Request, pk: int, action: Callable[..., Task], toast: str) -> HttpResponse:
    task = action(task_of(request, pk), by=request.actor)
    return done(request, task, toast=toast, back=_page(task))


def _page(task: Task) -> str:
    return reverse("tasks:page", args=[task.pk])
