"""What is checked, on a page of the settings (LEA-10)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.compliance import actions
from leadline.compliance.forms import ItemForm
from leadline.compliance.models import Item
from leadline.core.actions import require
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR, may_manage_settings


@require_safe
def settings(request: Request) -> HttpResponse:
    """All items."""
    _require(request)
    context = {"items": Item.objects.in_use(), "retired": Item.objects.exclude(retired_at=None)}
    return render(request, "compliance/settings.html", context)


@require_http_methods(["GET", "POST"])
def add_item(request: Request) -> HttpResponse:
    """Add an item."""
    _require(request)
    form = ItemForm(request.POST if request.method == "POST" else None, initial={"needs_document": True})
    if request.method == "POST" and form.run(actions.add_item, by=request.actor):
        return go_to(request, reverse("compliance:settings"))
    words = {"title": _("Add item"), "label": _("Add item"), "action": reverse("compliance:add_item")}
    return _dialog(request, form, words)


@require_http_methods(["GET", "POST"])
def change_item(request: Request, pk: int) -> HttpResponse:
    """Change an item."""
    _require(request)
    item = get_object_or_404(Item, pk=pk)
    start = {
        "name": item.label,
        "help": item.wanted,
        "needs_document": item.needs_document,
        "months": item.months,
    }
    form = ItemForm(request.POST) if request.method == "POST" else ItemForm(initial=start)
    if request.method == "POST" and form.run(actions.change_item, item, by=request.actor):
        return go_to(request, reverse("compliance:settings"))
    action = reverse("compliance:change_item", args=[pk])
    return _dialog(request, form, {"title": item.label, "label": _("Save"), "action": action})


@require_POST
def retire_item(request: Request, pk: int) -> HttpResponse:
    """Check it no more."""
    _require(request)
    actions.retire_item(get_object_or_404(Item, pk=pk), by=request.actor)
    return go_to(request, reverse("compliance:settings"))


@require_POST
def bring_back_item(request: Request, pk: int) -> HttpResponse:
    """Check it again."""
    _require(request)
    actions.bring_back_item(get_object_or_404(Item, pk=pk), by=request.actor)
    return go_to(request, reverse("compliance:settings"))


def _require(request: Request) -> None:
    require(may_manage_settings(request.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _dialog(request: Request, form: ItemForm, words: dict[str, Any]) -> HttpResponse:
    template = "compliance/_item.html" if asked_by_htmx(request) else "compliance/dialog_page.html"
    context = {"form": form, "part": "compliance/_item.html", "back": reverse("compliance:settings"), **words}
    return (refuse if form.errors else render)(request, template, context)
