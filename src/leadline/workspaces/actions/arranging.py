"""Dashboards are arranged: by people for themselves, by administrators for a role (WSP-1)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock_all, require
from leadline.core.clock import now
from leadline.core.ids import numeric_id
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken
from leadline.people.models import Role
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.workspaces.models import OWN, Arrangement, OwnDashboard
from leadline.workspaces.policies import may_arrange_for_roles
from leadline.workspaces.provided import BY_KEY
from leadline.workspaces.widgets import Widget, checked


@action
def arrange_dashboard(
    key: str, *, widgets: Sequence[Widget], role: Role | None = None, seen: int | None = None, by: Actor
) -> Arrangement | OwnDashboard:
    """Say what stands on a dashboard, for oneself or for a role. Raises `RuleBroken` naming the field.

    Raises `EditConflict` where somebody else arranged it since version `seen`.
    """
    if key.startswith(OWN) and role is None:
        return _arrange_own(key, widgets, seen, by)
    _require(key, role, by)
    kept = [widget.kept for widget in checked(widgets, by.user)]
    whose = {"role": role} if role else {"user": by.user}
    found = Arrangement.objects.select_for_update(no_key=True).filter(dashboard=key, **whose).first()
    if found is None:
        return Arrangement.objects.create(dashboard=key, widgets=kept, updated_at=now(), **whose)
    if seen is not None and seen != found.version:
        raise EditConflict([], found.version)
    found.widgets, found.updated_at, found.version = kept, now(), found.version + 1
    found.save(update_fields=["widgets", "updated_at", "version"])
    return found


@action
def reset_dashboard(key: str, *, role: Role | None = None, by: Actor) -> None:
    """Take an arrangement back: one's own for that of the role, that of a role for the one that came"
    " with it."""
    _require(key, role, by)
    whose = {"role": role} if role else {"user": by.user}
    Arrangement.objects.filter(dashboard=key, **whose).delete()


def _arrange_own(key: str, widgets: Sequence[Widget], seen: int | None, by: Actor) -> OwnDashboard:
    """The same on a dashboard that one made."""
    found = lock_all(OwnDashboard.objects.in_use().filter(user=by.user, pk=numeric_id(key[len(OWN) :]) or 0))
    if not found:
        raise NotAllowed(_("Only who made this dashboard can change it."))
    own = found[0]
    if seen is not None and seen != own.version:
        raise EditConflict([], own.version)
    own.widgets = [widget.kept for widget in checked(widgets, by.user)]
    own.updated_at, own.version = now(), own.version + 1
    own.save(update_fields=["widgets", "updated_at", "version"])
    return own


def _require(key: str, role: Role | None, by: Actor) -> None:
    if key not in BY_KEY:
        message = _("There is no dashboard “%(key)s”. Known are: %(known)s.")
        words = {"key": key[:60], "known": ", ".join(BY_KEY)}
        raise RuleBroken(message % words, field="dashboard", value=key[:60])
    if role is not None:
        require(
            may_arrange_for_roles(by.user),
            _("You may arrange dashboards for yourself alone."),
            who_can_help=ASK_AN_ADMINISTRATOR,
        )
