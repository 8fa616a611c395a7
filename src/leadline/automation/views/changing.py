"""Switching, ordering, archiving and restoring rules."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from leadline.automation import actions
from leadline.automation.views.fetching import rule_of
from leadline.core.answers import go_to
from leadline.core.requests import Request


@require_POST
def switch(request: Request, pk: int) -> HttpResponse:
    """On or off."""
    rule = rule_of(request, pk)
    actions.switch_rule(rule, is_on=request.POST.get("on") == "1", by=request.actor)
    return go_to(request, _back(request, pk))


@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """One place up or down."""
    places = 1 if request.POST.get("to") == "down" else -1
    actions.move_rule(rule_of(request, pk), places=places, by=request.actor)
    return go_to(request, reverse("automation:list"))


@require_POST
def archive(request: Request, pk: int) -> HttpResponse:
    """Out of use."""
    actions.archive_rule(rule_of(request, pk), by=request.actor)
    return go_to(request, reverse("automation:list"))


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Into use again, switched off."""
    actions.restore_rule(rule_of(request, pk), by=request.actor)
    return go_to(request, reverse("automation:page", args=[pk]))


def _back(request: Request, pk: int) -> str:
    """To the page from which it was asked."""
    listed = request.POST.get("from") == "list"
    return reverse("automation:list") if listed else reverse("automation:page", args=[pk])
