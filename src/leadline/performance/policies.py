"""Who may see targets, and who sets them (PRF-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from leadline.people.permissions import permissions_for
from leadline.people.scope import reach

if TYPE_CHECKING:
    from leadline.people.models import Team, User

permissions_for(
    "target",
    _("Targets"),
    "view manage",
    objects=_("targets"),
    words={
        "view": (_("See"), _("What is to be reached, and what is missing."), _("see %(objects)s")),
        "manage": (_("Set"), _("Set and copy them, for people and teams."), _("set %(objects)s")),
    },
)


def sees_targets(user: User) -> bool:
    """Whether any role shows targets."""
    return bool(user.is_system or user.may("target", "view"))


def may_set_targets(user: User) -> bool:
    """Whether there is anybody for whom this person sets targets."""
    return bool(user.is_system or user.may("target", "manage"))


def may_set_target_of(user: User, whose: User | Team) -> bool:
    """Set the targets of a person, or of a team: those within the role's reach."""
    if user.is_system:
        return True
    within = reach(user, "target", "manage")
    if hasattr(whose, "team_id"):
        return within.covers(whose.pk, whose.team_id)
    return within.everything or whose.pk in within.team_ids
