"""The tree of teams."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.history import history_of
from leadline.core.requests import Request
from leadline.people import actions, policies
from leadline.people.forms import ArchiveTeamForm, NoQuestions, TeamForm
from leadline.people.models import Team
from leadline.people.queries import tree_of_teams
from leadline.people.working.queries import away_now

SHOWN = 30  # entries of history


@require_safe
def teams(request: Request) -> HttpResponse:
    """All teams with their managers."""
    context = {
        "lines": tree_of_teams(),
        "archived": Team.objects.exclude(archived_at=None).order_by("name"),
        "may_manage": policies.may_manage_people(request.user),
    }
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
    """A team with its people; administrators rename it, move it, give it a manager here."""
    team = _team(pk)
    if request.method != "POST":
        return render(request, "people/team.html", _about(request, team))
    require(policies.may_manage_people(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    form = TeamForm(request.POST)
    if form.run(actions.change_team, team, by=request.actor):
        return go_to(request, reverse("people:change_team", args=[pk]))
    return refuse(request, "people/team.html", _about(request, _team(pk), form=form))


@require_POST
def archive_team(request: Request, pk: int) -> HttpResponse:
    """Close a team; what belonged to it goes to another one."""
    team = _team(pk)
    form = ArchiveTeamForm(request.POST, team=team)
    if form.run(actions.archive_team, team, by=request.actor):
        return go_to(request, reverse("people:change_team", args=[form.cleaned_data["into"].pk]))
    return refuse(request, "people/team.html", _about(request, _team(pk), archiving=form))


@require_POST
def restore_team(request: Request, pk: int) -> HttpResponse:
    """Into use again."""
    actions.restore_team(_team(pk), by=request.actor)
    return go_to(request, reverse("people:change_team", args=[pk]))


@require_POST
def remove_team(request: Request, pk: int) -> HttpResponse:
    """Take an empty team away; what stands in the way is told on its page."""
    form = NoQuestions(request.POST)
    if form.run(actions.remove_team, _team(pk), by=request.actor):
        return go_to(request, reverse("people:teams"))
    return refuse(request, "people/team.html", _about(request, _team(pk), removing=form))


def _team(pk: int) -> Team:
    return get_object_or_404(Team.objects.select_related("manager", "parent"), pk=pk)


def _about(request: Request, team: Team, **replaced: Any) -> dict[str, Any]:
    members = team.members.filter(is_active=True, is_system=False).order_by("name", "id")
    return {
        "team": team,
        "members": members,
        "away": away_now(members),
        "below": team.children.order_by("name"),
        "form": TeamForm.of(team),
        "archiving": ArchiveTeamForm(team=team),
        "portion": history_of("team", team.pk, limit=SHOWN, viewer=request.user),
        "may_manage": policies.may_manage_people(request.user),
        **replaced,
    }


def _form(request: Request, form: TeamForm, words: dict[str, Any]) -> HttpResponse:
    template = "people/_team_form.html" if asked_by_htmx(request) else "people/add_team.html"
    show = refuse if request.method == "POST" else render
    return show(request, template, {"form": form, **words})
