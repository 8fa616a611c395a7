"""The tree of teams."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.requests import Request
from leadline.people import actions, policies
from leadline.people.forms import TeamForm
from leadline.people.models import Team
from leadline.people.queries import tree_of_teams


@require_safe
def teams(request: Request) -> HttpResponse:
    """All teams with their managers."""
    context = {"lines": tree_of_teams(), "may_manage": policies.may_manage_people(request.user)}
    return render(request, "people/teams.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_team(request: Request) -> HttpResponse:
    """Make a team."""
    require(policies.may_manage_people(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    form = TeamForm(request.POST if request.method == "POST" else None)
    words = {"title": _("Add team"), "label": _("Add team"), "action": reverse("people:add_team")}
    if request.method == "POST" and form.run(actions.add_team, by=request.actor):
        return go_to(request, reverse("people:teams"))
    return _form(request, form, words)


@require_http_methods(["GET", "HEAD", "POST"])
def change_team(request: Request, pk: int) -> HttpResponse:
    """Rename a team, move it, give it a manager."""
    require(policies.may_manage_people(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    team = get_object_or_404(Team, pk=pk)
    form = TeamForm(request.POST) if request.method == "POST" else TeamForm.of(team)
    words = {"title": team.name, "label": _("Save"), "action": reverse("people:change_team", args=[pk])}
    if request.method == "POST" and form.run(actions.change_team, team, by=request.actor):
        return go_to(request, reverse("people:teams"))
    return _form(request, form, {**words, "team": team})


@require_POST
def remove_team(request: Request, pk: int) -> HttpResponse:
    """Take an empty team away."""
    actions.remove_team(get_object_or_404(Team, pk=pk), by=request.actor)
    return go_to(request, reverse("people:teams"))


def _form(request: Request, form: TeamForm, words: dict[str, Any]) -> HttpResponse:
    template = "people/_team_form.html" if asked_by_htmx(request) else "people/team.html"
    show = refuse if request.method == "POST" else render
    return show(request, template, {"form": form, **words})
