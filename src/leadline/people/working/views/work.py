"""When somebody works and is away, and what the person knows: read by colleagues, told by who may (PPL-1)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import answer, asked_by_htmx, go_to, refuse
from leadline.core.forms import ActionForm
from leadline.core.requests import Request
from leadline.people.models import User
from leadline.people.working import actions, policies
from leadline.people.working.forms import AbsenceForm, HoursForm, SkillsForm
from leadline.people.working.models import Absence
from leadline.people.working.showing import work_of


@require_safe
def work(request: Request, pk: int) -> HttpResponse:
    """A colleague: at work or away, hours, absences, skills."""
    return render(request, "people/working/page.html", work_of(request.user, _person(request, pk)))


@require_POST
def tell_hours(request: Request, pk: int) -> HttpResponse:
    """Say when somebody works."""
    form = HoursForm(request.POST)
    return _told(request, pk, "hours", form, actions.tell_hours, _("The hours are saved."))


@require_POST
def enter_absence(request: Request, pk: int) -> HttpResponse:
    """Somebody will be away."""
    form = AbsenceForm(request.POST, person=_person(request, pk))
    return _told(request, pk, "absence", form, actions.enter_absence, _("The absence is entered."))


@require_POST
def give_skills(request: Request, pk: int) -> HttpResponse:
    """Say what somebody knows."""
    form = SkillsForm(request.POST, person=_person(request, pk))
    return _told(request, pk, "skills", form, actions.give_skills, _("The skills are saved."))


@require_http_methods(["GET", "HEAD", "POST"])
def change_absence(request: Request, pk: int, absence: int) -> HttpResponse:
    """Other days, another reason or deputy."""
    person = _person(request, pk)
    require(policies.may_tell_hours(request.user, person), who_can_help=policies.ASK)
    shown = get_object_or_404(Absence.objects.visible_to(request.user), pk=absence, user=person)
    form = AbsenceForm(request.POST, person=person) if request.method == "POST" else AbsenceForm.of(shown)
    if request.method == "POST" and form.run(actions.change_absence, shown, by=request.actor):
        return go_to(request, _page_of(request, person))
    part = "people/working/_change_absence.html"
    template = part if asked_by_htmx(request) else "people/working/change_absence.html"
    show = refuse if form.errors else render
    return show(request, template, {"person": person, "shown": shown, "form": form})


@require_POST
def remove_absence(request: Request, pk: int, absence: int) -> HttpResponse:
    """It does not take place."""
    person = _person(request, pk)
    shown = get_object_or_404(Absence.objects.visible_to(request.user), pk=absence, user=person)
    actions.remove_absence(shown, by=request.actor)
    return _answer(request, "absence", person, _("The absence is removed."))


PARTS = {
    "hours": "people/working/_hours.html",
    "absence": "people/working/_absences.html",
    "skills": "people/working/_skills.html",
}


def _told(
    request: Request, pk: int, name: str, form: ActionForm, verb: Callable[..., Any], toast: str
) -> HttpResponse:
    person = _person(request, pk)
    if form.run(verb, person, by=request.actor):
        return _answer(request, name, _person(request, pk), toast)
    template = PARTS[name] if asked_by_htmx(request) else "people/working/page.html"
    return refuse(request, template, work_of(request.user, person, **{name: form}))


def _answer(request: Request, name: str, person: User, toast: str) -> HttpResponse:
    shown = work_of(request.user, person)
    return answer(request, PARTS[name], shown, toast=toast, otherwise=_page_of(request, person))


def _page_of(request: Request, person: User) -> str:
    return reverse("people:me") if person == request.user else reverse("people:work", args=[person.pk])


def _person(request: Request, pk: int) -> User:
    people = User.objects.visible_to(request.user).select_related("manager", "team__manager")
    return get_object_or_404(people, pk=pk)
