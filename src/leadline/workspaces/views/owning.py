"""One's own dashboards: a page on which they are made, named, shared, ordered, archived (WSP-1)."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.models import Role, Team
from leadline.workspaces import actions
from leadline.workspaces.models import OwnDashboard
from leadline.workspaces.policies import roles_to_share_with, teams_to_share_with
from leadline.workspaces.queries import dashboards_for


@require_safe
def own(request: Request) -> HttpResponse:
    """Those that one made, in their order, and the archived."""
    return render(request, "workspaces/own.html", _scene(request))


@require_POST
def make(request: Request) -> HttpResponse:
    """Make one, empty or with what stands on another that one has; then it is arranged."""
    like = next((each for each in dashboards_for(request.user) if each.key == request.POST.get("like")), None)
    try:
        made = actions.make_dashboard(
            request.POST.get("name", ""), widgets=like.widgets if like else (), by=request.actor
        )
    except RuleBroken as refusal:
        return _refused(request, refusal)
    return redirect("workspaces:arrange", made.key)


@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    """Name it, share it or keep it to oneself."""
    found = _own(request, pk)
    team, role = request.POST.get("team", ""), request.POST.get("role", "")
    kept = {
        each.pk: each for each in [*teams_to_share_with(request.user), *([found.team] if found.team else [])]
    }
    known = {
        each.pk: each for each in [*roles_to_share_with(request.user), *([found.role] if found.role else [])]
    }
    try:
        actions.change_dashboard(
            found,
            name=request.POST.get("name", ""),
            team=_chosen(team, kept, "team"),
            role=_chosen(role, known, "role"),
            by=request.actor,
        )
    except RuleBroken as refusal:
        return _refused(request, refusal)
    return redirect("workspaces:own")


@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """To another place."""
    found = _own(request, pk)
    actions.move_dashboard(found, to=numeric_id(request.POST.get("to")) or 1, by=request.actor)
    return redirect("workspaces:own")


@require_POST
def archive(request: Request, pk: int) -> HttpResponse:
    """Take it away."""
    return _done(request, pk, actions.archive_dashboard)


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Bring it back."""
    return _done(request, pk, actions.restore_dashboard)


def _done(request: Request, pk: int, action: Callable[..., Any]) -> HttpResponse:
    action(_own(request, pk), by=request.actor)
    return redirect("workspaces:own")


def _scene(request: Request) -> dict[str, Any]:
    user = request.user
    mine = OwnDashboard.objects.filter(user=user).select_related("team", "role")
    return {
        "own": mine.in_use(),
        "archived": mine.exclude(archived_at=None).order_by("-archived_at"),
        "like": [("", _("Empty"))] + [(each.key, str(each.label)) for each in dashboards_for(user)],
        "teams": [(each.pk, each.name) for each in teams_to_share_with(user)],
        "roles": [(each.pk, each.name) for each in roles_to_share_with(user)],
        "here": reverse("workspaces:own"),
    }


def _refused(request: Request, refusal: RuleBroken) -> HttpResponse:
    context = {**_scene(request), "refusal": refusal.message, "typed": request.POST.get("name", "")}
    return render(request, "workspaces/own.html", context, status=422)


def _chosen(text: str, known: dict[int, Any], field: str) -> Any:
    if not text:
        return None
    found: Team | Role | None = known.get(numeric_id(text) or 0)
    if found is None:
        raise RuleBroken(_("You may not share dashboards there."), field=field, value=text[:40])
    return found


def _own(request: Request, pk: int) -> OwnDashboard:
    """One that this person made; others are not there."""
    found = OwnDashboard.objects.filter(user=request.user, pk=pk).select_related("team", "role").first()
    if found is None:
        raise Http404
    return found
