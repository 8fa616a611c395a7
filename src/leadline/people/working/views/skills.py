"""The catalogue of skills, under the settings (PPL-1)."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.forms import ActionForm
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR, may_manage_people
from leadline.people.working import actions
from leadline.people.working.forms import MergeSkillForm, SkillForm
from leadline.people.working.models import Skill


@require_safe
def skills(request: Request) -> HttpResponse:
    """All skills with how many people have them; retired ones below."""
    people = Count("held", filter=Q(held__user__is_active=True))
    every = Skill.objects.annotate(people=people).order_by("kind", "name")
    context = {
        "skills": every.filter(retired_at=None),
        "retired": every.exclude(retired_at=None),
        "may_manage": may_manage_people(request.user),
    }
    return render(request, "people/working/skills.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_skill(request: Request) -> HttpResponse:
    """Put a skill into the catalogue."""
    form = SkillForm(request.POST if request.method == "POST" else None)
    words = {"title": _("Add skill"), "label": _("Add skill"), "action": reverse("people:add_skill")}
    if request.method == "POST" and form.run(actions.add_skill, by=request.actor):
        return go_to(request, reverse("people:skills"))
    return _dialog(request, form, words)


@require_http_methods(["GET", "HEAD", "POST"])
def change_skill(request: Request, pk: int) -> HttpResponse:
    """Call a skill something else."""
    skill = get_object_or_404(Skill, pk=pk)
    form = SkillForm(request.POST) if request.method == "POST" else SkillForm.of(skill)
    words = {"title": skill.name, "label": _("Save"), "action": reverse("people:change_skill", args=[pk])}
    if request.method == "POST" and form.run(actions.change_skill, skill, by=request.actor):
        return go_to(request, reverse("people:skills"))
    return _dialog(request, form, words)


@require_http_methods(["GET", "HEAD", "POST"])
def merge_skill(request: Request, pk: int) -> HttpResponse:
    """Two words for one thing become one."""
    skill = get_object_or_404(Skill, pk=pk)
    form = MergeSkillForm(request.POST if request.method == "POST" else None, skill=skill)
    words = {
        "title": _("Merge “%(name)s”") % {"name": skill},
        "label": _("Merge"),
        "action": reverse("people:merge_skill", args=[pk]),
        "explained": _("Whoever has it has the other one instead, at the higher level. It is retired."),
    }
    if request.method == "POST" and form.run(actions.merge_skill, skill, by=request.actor):
        return go_to(request, reverse("people:skills"))
    return _dialog(request, form, words)


@require_POST
def retire_skill(request: Request, pk: int) -> HttpResponse:
    """Out of use."""
    actions.retire_skill(get_object_or_404(Skill, pk=pk), by=request.actor)
    return go_to(request, reverse("people:skills"))


@require_POST
def bring_back_skill(request: Request, pk: int) -> HttpResponse:
    """Into use again."""
    actions.bring_back_skill(get_object_or_404(Skill, pk=pk), by=request.actor)
    return go_to(request, reverse("people:skills"))


def _dialog(request: Request, form: ActionForm, words: dict[str, Any]) -> HttpResponse:
    require(may_manage_people(request.user), who_can_help=ASK_AN_ADMINISTRATOR)
    template = "people/working/_skill.html" if asked_by_htmx(request) else "people/working/skill.html"
    return (refuse if form.errors else render)(request, template, {"form": form, **words})
