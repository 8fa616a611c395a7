"""Which dashboards somebody has, and what stands on them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from leadline.core.planned import planned
from leadline.people.models import Role, User
from leadline.workspaces.models import Arrangement, OwnDashboard
from leadline.workspaces.provided import BY_KEY, PROVIDED, Provided
from leadline.workspaces.widgets import Widget, widgets_of


@dataclass(frozen=True)
class Dashboard:
    """A dashboard as one person has it; `is_own` when that person arranged it, `version` to notice"
    " others' edits."""

    key: str
    label: Any
    widgets: Sequence[Widget]
    is_own: bool
    wall: bool
    version: int = 0
    made_by: int | None = None  # of one that somebody made; None where Leadline came with it

    @property
    def is_made(self) -> bool:
        """Whether somebody here made it."""
        return self.made_by is not None


class _Arranged(NamedTuple):
    """What somebody arranged for a role, or for oneself where that is empty."""

    dashboard: str
    widgets: list[dict[str, Any]]
    version: int
    role: str


_ByKey = Mapping[str, _Arranged]
_ARRANGED = """
SELECT dashboard, widgets, version, coalesce((SELECT key FROM people_role WHERE id = role_id), '')
  FROM workspaces_arrangement WHERE dashboard = ANY(%s) AND (user_id = %s OR user_id IS NULL)
"""


def dashboards_for(user: User) -> list[Dashboard]:
    """Those of a person's roles, in order, an administrator all of them; then what people made."""
    wanted = [each for each in PROVIDED if _is_for(user, each)]
    own, of_roles = _arranged(user, [each.key for each in wanted])
    return [*(_as_arranged(each, own, of_roles) for each in wanted), *made_for(user)]


def dashboard_for(user: User, key: str) -> Dashboard | None:
    """One of `dashboards_for`, found with less: pages that follow ask for it every two seconds."""
    provided = BY_KEY.get(key)
    if provided is None:
        return next((each for each in made_for(user) if each.key == key), None)
    if not _is_for(user, provided):
        return None
    return _as_arranged(provided, *_arranged(user, [key]))


def made_for(user: User) -> list[Dashboard]:
    """Those that a person made, then those that others share with this person; each can hang on a wall."""
    rows = sorted(OwnDashboard.objects.visible_to(user).in_use(), key=lambda row: row.user_id != user.pk)
    return [
        Dashboard(
            row.key, row.name, widgets_of(row.widgets), row.user_id == user.pk, True, row.version, row.user_id
        )
        for row in rows
    ]


def dashboard_of_role(role: Role, key: str) -> Dashboard:
    """A dashboard as everybody of a role has it who did not arrange it otherwise."""
    provided = BY_KEY[key]
    arranged = Arrangement.objects.filter(role=role, dashboard=key).first()
    widgets = widgets_of(arranged.widgets) if arranged else provided.widgets
    version = arranged.version if arranged else 0
    return Dashboard(key, provided.label, widgets, arranged is not None, provided.wall, version)


def _is_for(user: User, provided: Provided) -> bool:
    roles = set(user.grants.roles)
    return "administrator" in roles or bool(set(provided.roles) & roles)


def _as_arranged(provided: Provided, own: _ByKey, of_roles: _ByKey) -> Dashboard:
    key = provided.key
    arranged = own.get(key) or of_roles.get(key)
    widgets = widgets_of(arranged.widgets) if arranged else provided.widgets
    version = arranged.version if arranged else 0
    return Dashboard(key, provided.label, widgets, key in own, provided.wall, version)


def _arranged(user: User, keys: Sequence[str]) -> tuple[_ByKey, _ByKey]:
    """By word of the dashboard: a person's own, and those of the first role that has one; one query."""
    if not keys:
        return {}, {}
    with planned() as cursor:
        cursor.execute(_ARRANGED, [list(keys), user.pk])
        rows = [_Arranged(word, json.loads(kept), *rest) for word, kept, *rest in cursor.fetchall()]
    order = {key: place for place, key in enumerate(user.grants.roles)}
    of_roles = sorted(
        (row for row in rows if row.role in order), key=lambda row: order[row.role], reverse=True
    )
    own = {row.dashboard: row for row in rows if not row.role}
    return own, {row.dashboard: row for row in of_roles}
