"""Territories: their order, their rules with whom they would take in, their members (PPL-3)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.jobs import Job
from leadline.core.lists import doors
from leadline.core.lists.addresses import where_word
from leadline.core.lists.making import being_made
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.actions.territories import PLACING
from leadline.customers.forms import MoveTerritoryForm, RulesForm, TerritoryForm
from leadline.customers.queries.territories import rules_in_words, territory_lines, why_in_territory
from leadline.customers.territory_door import rules_door
from leadline.customers.views.fetching import customer_of
from leadline.people import policies
from leadline.people.models import Territory


@require_safe
def territories(request: Request) -> HttpResponse:
    """All territories in order: their rules in words, members, and how many customers one sees there."""
    return render(request, "territories/list.html", _list(request))


@require_http_methods(["GET", "HEAD", "POST"])
def add_territory(request: Request) -> HttpResponse:
    """Make a territory; its rules come next."""
    _require_manager(request)
    form = TerritoryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.run(actions.add_territory, by=request.actor):
        return go_to(request, reverse("territories:rules", args=[form.result.territory.pk]))
    part = "territories/_form.html"
    whole = part if asked_by_htmx(request) else "territories/add.html"
    return (refuse if request.method == "POST" else render)(request, whole, {"form": form, "part": part})


@require_http_methods(["GET", "HEAD", "POST"])
def territory(request: Request, pk: int) -> HttpResponse:
    """One territory: its rules in words, who works there, its name and members to change."""
    shown = get_object_or_404(Territory, pk=pk)
    if request.method != "POST":
        return render(request, "territories/page.html", _page(request, shown, TerritoryForm.of(shown)))
    form = TerritoryForm(request.POST)
    if form.run(actions.change_territory, shown, by=request.actor):
        return go_to(request, reverse("territories:page", args=[pk]))
    return refuse(request, "territories/page.html", _page(request, shown, form))


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: Request, pk: int) -> HttpResponse:
    """Rules while they are made, with the customers that fit them; sent, they are those of the territory."""
    _require_manager(request)
    about = get_object_or_404(Territory, pk=pk)
    form = RulesForm(request.POST) if request.method == "POST" else RulesForm()
    if request.method == "POST" and form.run(actions.change_territory, about, by=request.actor):
        return go_to(request, reverse("territories:page", args=[pk]))
    context = {
        "territory": about,
        "form": form,
        **being_made(request, rules_door(about), form["rules"].value() if form.is_bound else None),
    }
    return (refuse if request.method == "POST" else render)(request, "territories/rules.html", context)


@require_safe
def choose_rule(request: Request, pk: int) -> HttpResponse:
    """Choose what a rule asks, then what it compares with."""
    _require_manager(request)
    return doors.choose_filter(request, rules_door(get_object_or_404(Territory, pk=pk)))


@require_safe
def count_matching(request: Request, pk: int) -> HttpResponse:
    """How many customers fit the rules, exactly."""
    _require_manager(request)
    return doors.count_all(request, rules_door(get_object_or_404(Territory, pk=pk)))


@require_POST
def move_territory(request: Request, pk: int) -> HttpResponse:
    """To another place in the order."""
    form = MoveTerritoryForm(request.POST)
    if form.run(actions.change_territory, get_object_or_404(Territory, pk=pk), by=request.actor):
        return go_to(request, reverse("territories:list"))
    return refuse(request, "territories/list.html", _list(request))


@require_POST
def retire_territory(request: Request, pk: int) -> HttpResponse:
    """Out of use."""
    actions.retire_territory(get_object_or_404(Territory, pk=pk), by=request.actor)
    return go_to(request, reverse("territories:list"))


@require_POST
def restore_territory(request: Request, pk: int) -> HttpResponse:
    """Into use again."""
    actions.restore_territory(get_object_or_404(Territory, pk=pk), by=request.actor)
    return go_to(request, reverse("territories:list"))


@require_GET
def why_there(request: Request, pk: int) -> HttpResponse:
    """Why a customer is in its territory, in a sentence."""
    customer = customer_of(request, pk)
    part = "territories/_why.html"
    context = {"customer": customer, "why": why_in_territory(customer), "part": part}
    context["back"] = reverse("customers:page", args=[pk])
    return render(request, part if asked_by_htmx(request) else "customers/dialog_page.html", context)


def _require_manager(request: Request) -> None:
    require(policies.may_manage_people(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)


def _list(request: Request) -> dict[str, Any]:
    return {
        "lines": territory_lines(request.user),
        "retired": Territory.objects.exclude(retired_at=None).order_by("name"),
        "may_manage": policies.may_manage_people(request.user),
        "placing": _placing(),
    }


def _page(request: Request, shown: Territory, form: TerritoryForm) -> dict[str, Any]:
    inside = {"field": "territory", "op": "equals", "value": shown.pk}
    return {
        "territory": shown,
        "form": form,
        "rules": rules_in_words(shown),
        "inside": where_word(inside),
        "members": shown.members.order_by("name"),
        "may_manage": policies.may_manage_people(request.user),
        "placing": _placing(),
    }


def _placing() -> Job | None:
    """The job that places customers right now, the latest of them."""
    return Job.objects.filter(kind=PLACING).unfinished().order_by("-pk").first()
