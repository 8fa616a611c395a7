"""Stages, reasons and calling hours, on a page of the settings (LEA-4, LEA-5)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import Actor, require
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.forms import ActionForm
from leadline.core.requests import Request
from leadline.leads import actions
from leadline.leads.calling import calling_hours
from leadline.leads.forms import HoursForm, LettersForm, NameForm, PlaceForm, StageNameForm
from leadline.leads.models import Letters, Reason, Stage
from leadline.leads.queries.letters import letters
from leadline.marketing.models import MailTemplate
from leadline.people.policies import ASK_AN_ADMINISTRATOR, may_manage_settings

KINDS: dict[str, Any] = {"stages": Stage, "reasons": Reason}


@require_safe
def settings(request: Request) -> HttpResponse:
    """All of it."""
    _require(request)
    return render(request, "leads/settings.html", _context())


@require_http_methods(["GET", "POST"])
def add_listed(request: Request, kind: str) -> HttpResponse:
    """Add a stage or a reason."""
    model = _model(request, kind)
    form = NameForm(request.POST if request.method == "POST" else None)
    title = _("Add stage") if kind == "stages" else _("Add reason")
    words = {"title": title, "label": title, "action": reverse("leads:add_listed", args=[kind])}
    if request.method == "POST" and form.run(actions.add_listed, model, by=request.actor):
        return go_to(request, reverse("leads:settings"))
    return _dialog(request, form, words)


@require_http_methods(["GET", "POST"])
def change_listed(request: Request, kind: str, pk: int) -> HttpResponse:
    """Call a stage or a reason something else, and limit a stage."""
    listed = get_object_or_404(_model(request, kind), pk=pk)
    shape, change = (
        (StageNameForm, actions.change_stage) if kind == "stages" else (NameForm, actions.rename_listed)
    )
    start = {"name": listed.label, "most": getattr(listed, "most", None)}
    form = shape(request.POST) if request.method == "POST" else shape(initial=start)
    action = reverse("leads:change_listed", args=[kind, pk])
    if request.method == "POST" and form.run(change, listed, by=request.actor):
        return go_to(request, reverse("leads:settings"))
    return _dialog(request, form, {"title": listed.label, "label": _("Save"), "action": action})


@require_POST
def move_listed(request: Request, kind: str, pk: int) -> HttpResponse:
    """Put it at another place."""
    listed = get_object_or_404(_model(request, kind), pk=pk)
    form = PlaceForm(request.POST)
    if form.run(actions.move_listed, listed, by=request.actor):
        return go_to(request, reverse("leads:settings"))
    return refuse(request, "leads/settings.html", _context())


@require_POST
def retire(request: Request, kind: str, pk: int) -> HttpResponse:
    """Offer it no more."""
    actions.retire_listed(get_object_or_404(_model(request, kind), pk=pk), by=request.actor)
    return go_to(request, reverse("leads:settings"))


@require_POST
def bring_back(request: Request, kind: str, pk: int) -> HttpResponse:
    """Offer it again."""
    actions.bring_back_listed(get_object_or_404(_model(request, kind), pk=pk), by=request.actor)
    return go_to(request, reverse("leads:settings"))


@require_POST
def set_hours(request: Request) -> HttpResponse:
    """Say when people may be called."""
    _require(request)
    form = HoursForm(request.POST)
    if form.run(actions.set_calling_hours, by=request.actor):
        return go_to(request, reverse("leads:settings"))
    return refuse(request, "leads/settings.html", {**_context(), "hours": form})


@require_POST
def set_letters(request: Request) -> HttpResponse:
    """Choose which e-mails leads get by themselves."""
    _require(request)
    form = LettersForm(request.POST)
    if form.run(_set_letters, by=request.actor):
        return go_to(request, reverse("leads:settings"))
    return refuse(request, "leads/settings.html", {**_context(), "letters": form})


def _set_letters(*, by: Actor, **chosen: int | None) -> Letters:
    known = MailTemplate.objects.in_bulk([key for key in chosen.values() if key])
    return actions.set_letters(
        welcome=known.get(chosen["welcome"] or 0), reach_you=known.get(chosen["reach_you"] or 0), by=by
    )


def _context() -> dict[str, Any]:
    hours = calling_hours()
    start = {"begins": hours.begins, "ends": hours.ends, "days": sorted(hours.days)}
    in_use = {name: template.pk if template else None for name, template in letters().items()}
    return {
        "lists": [
            ("stages", _("Stages"), Stage.objects.in_use(), Stage.objects.exclude(retired_at=None)),
            (
                "reasons",
                _("Reasons for closing"),
                Reason.objects.in_use(),
                Reason.objects.exclude(retired_at=None),
            ),
        ],
        "hours": HoursForm(initial=start),
        "letters": LettersForm(initial=in_use),
    }


def _model(request: Request, kind: str) -> Any:
    _require(request)
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _require(request: Request) -> None:
    require(may_manage_settings(request.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _dialog(request: Request, form: ActionForm, words: dict[str, Any]) -> HttpResponse:
    template = "leads/_listed.html" if asked_by_htmx(request) else "leads/dialog_page.html"
    context = {"form": form, "part": "leads/_listed.html", "back": reverse("leads:settings"), **words}
    return (refuse if form.errors else render)(request, template, context)
