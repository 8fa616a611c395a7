"""What can be told of people and of what they may, in the past tense."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event
from leadline.people.signing import events as signing

__all__ = ["UserChangedTeam", "signing"]


@dataclass(frozen=True)
class UserChangedTeam(Event):
    """Somebody belongs to another team now, or to none; what the person owns goes along."""

    user_id: int
    team_id: int | None

    wording = _("moved to another team")


@dataclass(frozen=True)
class UserRolesChanged(Event):
    """Somebody holds other roles now; the ids of those that came and of those that went."""

    given: tuple[int, ...]
    taken: tuple[int, ...]

    wording = _("changed the roles")


@dataclass(frozen=True)
class UserDeactivated(Event):
    """Somebody can't sign in any more, with all sessions and tokens."""

    user_id: int

    wording = _("deactivated the person")


@dataclass(frozen=True)
class UserReactivated(Event):
    """Somebody who had left can sign in again."""

    user_id: int

    wording = _("let the person in again")


@dataclass(frozen=True)
class RoleChanged(Event):
    """A role is called or allows something else now; the permissions that changed (`customer:export`)."""

    permissions: tuple[str, ...]

    wording = _("changed what the role is called or allows")


@dataclass(frozen=True)
class RoleCloned(Event):
    """A role was made as a copy of another."""

    of_role_id: int

    wording = _("made the role as a copy")


@dataclass(frozen=True)
class RoleRetired(Event):
    """A role allows nothing and is given to nobody any more."""

    wording = _("retired the role")


@dataclass(frozen=True)
class RoleBroughtBack(Event):
    """A retired role allows again what it did."""

    wording = _("brought the role back")
