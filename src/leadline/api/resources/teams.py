"""/teams: the tree of teams (PPL-3)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import id_in, object_of, only, text_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people import actions
from leadline.people.models import Team, User

router = Router(tags=["users"])
GIVES = ref("Team")
NAMES = ("name", "parent", "manager")
TAKES: dict[str, Any] = {
    "name": {"type": "string", "maxLength": 100},
    "parent": {"type": ["integer", "null"], "description": "The team it stands below."},
    "manager": {"type": ["integer", "null"], "description": "The id of a user."},
}


@router.get("", summary="List teams", **says(gives=described_list(GIVES), query=PAGING))
def list_teams(request: Request) -> HttpResponse:
    """All teams; `parent` makes a tree of them."""
    return plain_list_of(request, Team.objects.select_related("manager"), _shown)


@router.get("/{int:team_id}", summary="Read a team", **says(gives=GIVES))
def get_team(request: Request, team_id: int) -> HttpResponse:
    """One team; its members are the users of that `team`."""
    parameters_of(request, ())
    return answer(_shown(_team(team_id)))


@router.post(
    "",
    summary="Add a team",
    **says(gives=GIVES, status=201, takes=fields(TAKES, "name"), example={"name": "West"}),
)
def add_team(request: Request) -> HttpResponse:
    """For administrators."""
    given = only(object_of(request), NAMES)
    values = {"parent": None, "manager": None, **_read(given)}
    team = actions.add_team(**{**values, "name": text_in(given, "name")}, by=request.actor)
    return answer(_shown(team), status=201, location=f"/api/v1/teams/{team.pk}")


@router.patch(
    "/{int:team_id}",
    summary="Change a team",
    **says(gives=GIVES, takes=fields(TAKES), example={"name": "North-West"}),
)
def change_team(request: Request, team_id: int) -> HttpResponse:
    """For administrators. What is not given stays; a team is never put below itself."""
    team = _team(team_id)
    kept = {"name": team.name, "parent": team.parent, "manager": team.manager}
    given = only(object_of(request), NAMES)
    return answer(_shown(actions.change_team(team, **{**kept, **_read(given)}, by=request.actor)))


@router.post(
    "/{int:team_id}/remove",
    summary="Remove a team",
    **says(gives=GIVES, takes=fields({}), example={}, optional=True),
)
def remove_team(request: Request, team_id: int) -> HttpResponse:
    """For administrators. Refused while people, customers or other teams belong to it; they are named."""
    team = _team(team_id)
    only(object_of(request, optional=True), ())
    shown = _shown(team)
    actions.remove_team(team, by=request.actor)
    return answer(shown)


@router.post(
    "/{int:team_id}/archive",
    summary="Archive a team",
    **says(gives=GIVES, takes=fields({"into": {"type": "integer"}}, "into"), example={"into": 2}),
)
def archive_team(request: Request, team_id: int) -> HttpResponse:
    """For administrators. Its people and customers go to the team `into`; the teams below move up."""
    team = _team(team_id)
    into = _named(only(object_of(request), ("into",)), "into", Team.objects.in_use())
    return answer(_shown(actions.archive_team(team, into=into, by=request.actor)))


@router.post(
    "/{int:team_id}/restore",
    summary="Use a team again",
    **says(gives=GIVES, takes=fields({}), example={}, optional=True),
)
def restore_team(request: Request, team_id: int) -> HttpResponse:
    """For administrators. Nobody is in it yet."""
    team = _team(team_id)
    only(object_of(request, optional=True), ())
    return answer(_shown(actions.restore_team(team, by=request.actor)))


def _team(key: int) -> Team:
    teams = Team.objects.select_related("manager", "parent")
    found = teams.filter(pk=key).first() if 0 < key < 2**63 else None
    if found is None:
        raise Http404
    return found


def _read(given: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {"name": text_in(given, "name")} if "name" in given else {}
    for name, rows in (("parent", Team.objects.in_use()), ("manager", User.objects.active())):
        if name in given:
            values[name] = _named(given, name, rows) if given[name] is not None else None
    return values


def _named(given: dict[str, Any], name: str, rows: Any) -> Any:
    found = rows.filter(pk=id_in(given, name)).first()
    if found is None:
        raise RuleBroken(_("“%(name)s” is the id of a record.") % {"name": name}, name, given[name])
    return found


def _shown(team: Team) -> dict[str, Any]:
    boss = team.manager
    manager = {"id": boss.pk, "email": boss.email, "name": boss.name} if boss else None
    return {
        "id": team.pk,
        "name": team.name,
        "parent": team.parent_id,
        "manager": manager,
        "archived_at": team.archived_at,
    }
