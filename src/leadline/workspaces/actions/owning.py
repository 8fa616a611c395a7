"""Dashboards of one's own: made, named, shared, ordered, archived (WSP-1)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, lock_all, require
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.people.models import Role, Team
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.workspaces.models import OwnDashboard
from leadline.workspaces.policies import may_share_with
from leadline.workspaces.widgets import Widget, checked

MOST = 40


@action
def make_dashboard(name: str, *, widgets: Sequence[Widget] = (), by: Actor) -> OwnDashboard:
    """Make a dashboard for oneself, the last in order. Raises `RuleBroken` naming the field."""
    own = lock_all(OwnDashboard.objects.filter(user=by.user, archived_at=None))
    if len(own) >= MOST:
        raise RuleBroken(_("At most %(most)s dashboards of your own.") % {"most": MOST}, field="name")
    return OwnDashboard.objects.create(
        name=_named(name),
        user=by.user,
        widgets=[widget.kept for widget in checked(widgets, by.user)],
        position=max((each.position for each in own), default=0) + 1,
        updated_at=now(),
    )


@action
def change_dashboard(
    found: OwnDashboard, *, name: str, team: Team | None, role: Role | None, by: Actor
) -> OwnDashboard:
    """Name it, and say with which team and which role it is shared. Raises `NotAllowed` for others' ones."""
    found = _own(found, by)
    for shared, present in ((team, found.team), (role, found.role)):
        if shared is not None and shared != present:
            _require_sharing(shared, by)
    found.name, found.team, found.role = _named(name), team, role
    return _saved(found, "name", "team", "role")


@action
def move_dashboard(found: OwnDashboard, *, to: int, by: Actor) -> OwnDashboard:
    """Put it at another place among one's own, from 1."""
    order = lock_all(OwnDashboard.objects.filter(user=by.user, archived_at=None))
    found = _own(found, by)
    others = sorted(
        (each for each in order if each.pk != found.pk), key=lambda each: (each.position, each.pk)
    )
    others.insert(max(0, min(to, len(others) + 1) - 1), found)
    for place, each in enumerate(others, start=1):
        if each.position != place:
            each.position = place
            each.save(update_fields=["position"])
    return found


@action
def archive_dashboard(found: OwnDashboard, *, by: Actor) -> OwnDashboard:
    """Take it away from everybody who sees it; it can be brought back."""
    found = _own(found, by)
    found.archived_at = now()
    return _saved(found, "archived_at")


@action
def restore_dashboard(found: OwnDashboard, *, by: Actor) -> OwnDashboard:
    """Bring it back."""
    found = _own(found, by)
    found.archived_at = None
    return _saved(found, "archived_at")


def _own(found: OwnDashboard, by: Actor) -> OwnDashboard:
    found = lock(found)
    require(found.user_id == by.user.pk, _("Only who made this dashboard can change it."))
    return found


def _saved(found: OwnDashboard, *names: str) -> OwnDashboard:
    found.updated_at, found.version = now(), found.version + 1
    found.save(update_fields=[*names, "updated_at", "version"])
    return found


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise RuleBroken(_("Give it a name of at most 60 characters."), field="name", value=name[:80])
    return name


def _require_sharing(shared: Team | Role, by: Actor) -> None:
    whom = {"team": shared} if isinstance(shared, Team) else {"role": shared}
    require(
        may_share_with(by.user, **whom),
        _("You may not share dashboards with %(name)s.") % {"name": shared},
        who_can_help=ASK_AN_ADMINISTRATOR,
    )
