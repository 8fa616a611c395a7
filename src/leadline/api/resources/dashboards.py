"""/dashboards: what stands on the dashboards that you have, and arranging them (WSP-1)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in, texts_in
from leadline.api.describing.operations import fields, says
from leadline.api.listing import parameters_of
from leadline.core.ids import numeric_id
from leadline.core.metrics import PERIODS
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.models import Role, Team
from leadline.workspaces.actions import (
    archive_dashboard,
    arrange_dashboard,
    change_dashboard,
    make_dashboard,
    move_dashboard,
    reset_dashboard,
    restore_dashboard,
)
from leadline.workspaces.boards import BOARDS
from leadline.workspaces.models import OWN, OwnDashboard
from leadline.workspaces.queries import Dashboard, dashboards_for
from leadline.workspaces.sources import SOURCES
from leadline.workspaces.widgets import KINDS, SCOPES, SPANS, WIDTHS, Widget

router = Router(tags=["dashboards"])
_TEXT = {"type": "string"}
_WIDGET: dict[str, dict[str, Any]] = {
    "kind": {"enum": list(KINDS)},
    "title": _TEXT,
    "metrics": {"type": "array", "items": _TEXT},
    "by": {"type": "string", "description": "One of the groupings of its metrics."},
    "period": {"enum": list(PERIODS)},
    "scope": {"enum": list(SCOPES)},
    "person": {"type": ["integer", "null"], "description": "With the scope person: the id."},
    "source": {"enum": ["", *SOURCES]},
    "span": {"enum": list(SPANS), "description": "Of a calendar: how many days it shows."},
    "board": {"enum": ["", *BOARDS], "description": "Of a board: which one."},
    "view": {
        "type": "string",
        "description": "Of a board: a view that its list comes with, or the id of a saved one.",
    },
    "text": _TEXT,
    "width": {"enum": list(WIDTHS), "description": "In quarters of the page."},
}
_DASHBOARD = fields(
    {
        "key": _TEXT,
        "label": _TEXT,
        "own": {"type": "boolean", "description": "Whether you arranged it yourself."},
        "version": {"type": "integer"},
        "widgets": {"type": "array", "items": fields(_WIDGET)},
    }
)
_ROLE = {"type": "string", "description": "The key of a role, for who manages the settings; oneself without."}
_KEY = {"type": ["integer", "null"], "description": "The id of a team."}
_SHARED = {"type": ["string", "null"], "description": "The key of a role."}
_ARCHIVED = fields({"key": _TEXT, "archived": {"type": "boolean"}})
EXAMPLE = {"widgets": [{"kind": "figure", "metrics": ["calls"], "period": "today", "scope": "me"}]}


@router.get(
    "", summary="List dashboards", **says(gives=fields({"data": {"type": "array", "items": _DASHBOARD}}))
)
def list_dashboards(request: Request) -> HttpResponse:
    """Those of your roles, as you have them; `/metrics` gives the figures."""
    parameters_of(request, ())
    return answer({"data": [_told(each) for each in dashboards_for(request.user)]})


@router.post(
    "",
    summary="Make a dashboard",
    **says(
        gives=_DASHBOARD,
        status=201,
        takes=fields({"name": _TEXT, "widgets": {"type": "array", "items": fields(_WIDGET, "kind")}}, "name"),
        example={"name": "Morning", **EXAMPLE},
    ),
)
def make(request: Request) -> HttpResponse:
    """For yourself, the last in order; share it by changing it."""
    given = only(object_of(request), ("name", "widgets"))
    widgets = _widgets(given) if "widgets" in given else []
    made = make_dashboard(text_in(given, "name"), widgets=widgets, by=request.actor)
    return answer(_told(_dashboard(request, made.key)), status=201)


@router.get("/{key}", summary="Read a dashboard", **says(gives=_DASHBOARD))
def get_dashboard(request: Request, key: str) -> HttpResponse:
    """What stands on it."""
    parameters_of(request, ())
    return answer(_told(_dashboard(request, key)))


@router.post(
    "/{key}/arrange",
    summary="Arrange a dashboard",
    **says(
        gives=_DASHBOARD,
        takes=fields(
            {"widgets": {"type": "array", "items": fields(_WIDGET, "kind")}, "role": _ROLE}, "widgets"
        ),
        example=EXAMPLE,
    ),
)
def arrange(request: Request, key: str) -> HttpResponse:
    """Say what stands on it, all widgets in their order; for yourself, or for everybody of a role."""
    _dashboard(request, key)
    given = only(object_of(request), ("widgets", "role"))
    arrange_dashboard(key, widgets=_widgets(given), role=_role(given), by=request.actor)
    return answer(_told(_dashboard(request, key)))


@router.post(
    "/{key}/change",
    summary="Name, share and order a dashboard of your own",
    **says(
        gives=_DASHBOARD,
        takes=fields({"name": _TEXT, "team": _KEY, "role": _SHARED, "position": {"type": "integer"}}),
        example={"name": "Morning", "team": 1},
    ),
)
def change(request: Request, key: str) -> HttpResponse:
    """What is not given stays; null shares it with no team, no role. Only who made it changes it."""
    found = _own(request, key)
    given = only(object_of(request), ("name", "team", "role", "position"))
    change_dashboard(
        found,
        name=text_in(given, "name", found.name),
        team=_team(given) if "team" in given else found.team,
        role=_role(given) if "role" in given else found.role,
        by=request.actor,
    )
    if "position" in given:
        move_dashboard(found, to=_number(given, "position", 1), by=request.actor)
    return answer(_told(_dashboard(request, key)))


@router.post(
    "/{key}/archive",
    summary="Archive a dashboard of your own",
    **says(gives=_ARCHIVED, takes=fields({}), example={}, optional=True),
)
def archive(request: Request, key: str) -> HttpResponse:
    """It is gone for everybody who saw it, until it is brought back."""
    only(object_of(request, optional=True), ())
    archive_dashboard(_own(request, key), by=request.actor)
    return answer({"key": key, "archived": True})


@router.post(
    "/{key}/restore",
    summary="Bring back a dashboard of your own",
    **says(gives=_DASHBOARD, takes=fields({}), example={}, optional=True),
)
def restore(request: Request, key: str) -> HttpResponse:
    """As it was."""
    only(object_of(request, optional=True), ())
    restore_dashboard(_own(request, key, archived=True), by=request.actor)
    return answer(_told(_dashboard(request, key)))


@router.post(
    "/{key}/reset",
    summary="Put a dashboard back",
    **says(gives=_DASHBOARD, takes=fields({"role": _ROLE}), example={}, optional=True),
)
def reset(request: Request, key: str) -> HttpResponse:
    """As it is for your role, or as it came."""
    _dashboard(request, key)
    given = only(object_of(request, optional=True), ("role",))
    reset_dashboard(key, role=_role(given), by=request.actor)
    return answer(_told(_dashboard(request, key)))


def _dashboard(request: Request, key: str) -> Dashboard:
    found = next((each for each in dashboards_for(request.user) if each.key == key), None)
    if found is None:
        raise Http404
    return found


def _own(request: Request, key: str, *, archived: bool = False) -> OwnDashboard:
    """One that somebody here made and this person sees; who may change it, the action asks."""
    pk = numeric_id(key.removeprefix(OWN)) if key.startswith(OWN) else None
    rows = OwnDashboard.objects.visible_to(request.user).select_related("team", "role")
    found = rows.filter(pk=pk or 0, archived_at__isnull=not archived).first()
    if found is None:
        raise Http404
    return found


def _team(given: dict[str, Any]) -> Team | None:
    key = given["team"]
    if key is None:
        return None
    found = Team.objects.in_use().filter(pk=_number(given, "team", None)).first()
    if found is None:
        raise RuleBroken(_("There is none with this id."), field="team", value=str(key)[:40])
    return found


def _widgets(given: dict[str, Any]) -> list[Widget]:
    rows = given.get("widgets")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RuleBroken(_("“%(name)s” is a list of objects.") % {"name": "widgets"}, "widgets", rows)
    return [_widget(only(row, _WIDGET)) for row in rows]


def _widget(row: dict[str, Any]) -> Widget:
    words = ("kind", "title", "by", "period", "scope", "source", "span", "board", "view", "text")
    bare = Widget("")
    told: dict[str, Any] = {name: text_in(row, name, getattr(bare, name)) for name in words}
    numbers = {name: _number(row, name, getattr(bare, name)) for name in ("person", "width")}
    return Widget(**told, **numbers, metrics=tuple(texts_in(row, "metrics")))


def _number(row: dict[str, Any], name: str, default: int | None) -> Any:
    value = row.get(name, default)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63):
        return value
    raise RuleBroken(_("“%(name)s” is a whole number.") % {"name": name}, name, value)


def _role(given: dict[str, Any]) -> Role | None:
    key = text_in(given, "role")
    role = Role.objects.in_use().filter(key=key).first() if key else None
    if key and role is None:
        raise RuleBroken(_("There is no role “%(key)s”.") % {"key": key[:60]}, "role", key[:60])
    return role


def _told(found: Dashboard) -> dict[str, Any]:
    return {
        "key": found.key,
        "label": str(found.label),
        "own": found.is_own,
        "version": found.version,
        "widgets": [{**each.kept, "metrics": list(each.metrics)} for each in found.widgets],
    }
