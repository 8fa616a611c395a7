"""Which dashboards somebody has, and what stands on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leadline.people.models import Role, User
from leadline.workspaces.models import Arrangement, OwnDashboard
from leadline.workspaces.provided import BY_KEY, PROVIDED
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


def dashboards_for(user: User) -> list[Dashboard]:
    """Those of a person's roles, in order, an administrator all of them; then what people made."""
    wanted = [
        each
        for each in PROVIDED
        if "administrator" in user.grants.roles or set(each.roles) & set(user.grants.roles)
    ]
    own, of_roles = _arranged(user) if wanted else ({}, {})
    found = []
    for each in wanted:
        arranged = own.get(each.key) or of_roles.get(each.key)
        widgets = widgets_of(arranged.widgets) if arranged else each.widgets
        version = arranged.version if arranged else 0
        found.append(Dashboard(each.key, each.label, widgets, each.key in own, each.wall, version))
    return [*found, *made_for(user)]


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


def _arranged(user: User) -> tuple[dict[str, Arrangement], dict[str, Arrangement]]:
    """By word of the dashboard: a person's own, and those of the first of the roles that has one; one"
    " query."""
    order = {key: place for place, key in enumerate(user.grants.roles)}
    rows = Arrangement.objects.visible_to(user).select_related("role")
    own = {row.dashboard: row for row in rows if row.user_id == user.pk}
    of_roles = [row for row in rows if row.role is not None and row.role.key in order]
    of_roles.sort(key=lambda row: -order[row.role.key] if row.role else 0)
    return own, {row.dashboard: row for row in of_roles}
