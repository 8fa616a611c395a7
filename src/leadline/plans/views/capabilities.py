"""Capabilities, on a page of the settings (PLN-2)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.forms import ActionForm
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.plans import actions
from leadline.plans.forms import AddCapabilityForm, ChangeCapabilityForm
from leadline.plans.models import Capability
from leadline.plans.policies import may_manage_capabilities


@require_safe
def capabilities(request: Request) -> HttpResponse:
    """All of them, those found by themselves marked, the retired below."""
    _require(request)
    rows = Capability.objects.visible_to(request.user)
    context = {"in_use": rows.in_use(), "retired": rows.exclude(retired_at=None).order_by("name", "pk")}
    return render(request, "plans/capabilities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Name one."""
    _require(request)
    form = AddCapabilityForm(_sent(request))
    if request.method == "POST" and form.run(actions.add_capability, by=request.actor):
        return go_to(request, reverse("plans:capabilities"))
    return _dialog(request, form, {"title": _("Add capability"), "action": reverse("plans:add")})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """Change its name, kind, limit or description."""
    _require(request)
    capability = get_object_or_404(Capability.objects.visible_to(request.user), pk=pk)
    form = ChangeCapabilityForm.of(capability, _sent(request))
    if request.method == "POST" and form.run(actions.change_capability, capability, by=request.actor):
        return go_to(request, reverse("plans:capabilities"))
    return _dialog(request, form, {"title": capability.label, "action": reverse("plans:change", args=[pk])})


@require_POST
def retire(request: Request, pk: int) -> HttpResponse:
    """Show it no more."""
    _require(request)
    rows = Capability.objects.visible_to(request.user)
    actions.retire_capability(get_object_or_404(rows, pk=pk), by=request.actor)
    return go_to(request, reverse("plans:capabilities"))


@require_POST
def bring_back(request: Request, pk: int) -> HttpResponse:
    """Show it again."""
    _require(request)
    rows = Capability.objects.visible_to(request.user)
    actions.bring_back_capability(get_object_or_404(rows, pk=pk), by=request.actor)
    return go_to(request, reverse("plans:capabilities"))


def _dialog(request: Request, form: ActionForm, words: dict[str, Any]) -> HttpResponse:
    template = "plans/_form.html" if asked_by_htmx(request) else "plans/form.html"
    show = refuse if request.method == "POST" else render
    return show(request, template, {"form": form, **words})


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _require(request: Request) -> None:
    require(may_manage_capabilities(request.user), who_can_help=ASK_AN_ADMINISTRATOR)
