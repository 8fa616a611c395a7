"""What can be told of people and of what they may, in the past tense."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event
from leadline.people.signing import events as signing
from leadline.people.working import events as working

__all__ = [
    "RoleBroughtBack",
    "RoleChanged",
    "RoleCloned",
    "RoleRetired",
    "SettingsChanged",
    "TeamArchived",
    "TokenCreated",
    "TokenRevoked",
    "UserChangedTeam",
    "UserDeactivated",
    "UserReactivated",
    "UserRolesChanged",
    "signing",
    "working",
]


@dataclass(frozen=True)
class UserChangedTeam(Event):
    """Somebody belongs to another team now, or to none; what the person owns goes along."""

    user_id: int
    team_id: int | None

    wording = _("moved to another team")


@dataclass(frozen=True)
class TeamArchived(Event):
    """Nobody is in a team any more: whoever and whatever belonged to it goes to another one (PPL-3)."""

    team_id: int
    into_id: int

    wording = _("archived the team")


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


@dataclass(frozen=True)
class TokenCreated(Event):
    """A token was made, by which a program acts as this person (PPL-7)."""

    token_id: int
    scopes: tuple[str, ...]

    wording = _("made a token for a program")


@dataclass(frozen=True)
class TokenRevoked(Event):
    """A token was made useless (PPL-7)."""

    token_id: int

    wording = _("revoked a token")


@dataclass(frozen=True)
class SettingsChanged(Event):
    """Settings that hold for the whole organisation were changed (PPL-7)."""

    settings: tuple[str, ...]

    wording = _("changed settings of the organisation (%(settings)s)")


@dataclass(frozen=True)
class TerritoriesChanged(Event):
    """Territories got other rules or another order, were added or retired: what they hold is placed anew."""

    territory_id: int

    wording = _("changed the territories")
