"""Users: let in, changed, deactivated (PPL-1)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.events import publish
from leadline.core.normalise.email import clean_email
from leadline.core.refusals import RuleBroken
from leadline.people import policies
from leadline.people.actions.rules import alone, given, require_an_administrator, roles_of, set_password
from leadline.people.events import UserChangedTeam
from leadline.people.models import Team, User
from leadline.people.signing.events import PasswordChanged


@action
def add_user(
    *,
    email: str,
    name: str,
    roles: Sequence[str],
    password: str,
    team: Team | None = None,
    by: Actor,
    **profile: Any,
) -> User:
    """Let somebody sign in, with roles by their keys (PPL-1).

    Raises `RuleBroken` for an e-mail in use, an unknown role or a weak password.
    """
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    user = User(email=clean_email(email), name=given(name), team=team, **profile)
    held = roles_of(roles)
    set_password(user, password)
    user.save()
    user.roles.set(held)
    return user


@action
def change_user(
    user: User,
    *,
    name: str,
    roles: Sequence[str],
    team: Team | None,
    phone: str = "",
    language: str = "",
    time_zone: str = "",
    is_active: bool = True,
    email: str = "",
    by: Actor,
) -> User:
    """Change somebody's profile, roles and team; the last active administrator stays one (PPL-1, PPL-2)."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    alone("people.administrators")
    user = lock(user)
    if user.is_system:
        raise RuleBroken(_("The house itself can't be changed."))
    held = roles_of(roles)
    moves = user.team_id != (team.pk if team else None)
    user.name, user.team, user.phone = given(name), team, phone
    user.language, user.time_zone = language, time_zone
    user.email = clean_email(email) if email else user.email
    if user.is_active and not is_active:
        user.session_epoch += 1
    user.is_active = is_active
    user.save()
    user.roles.set(held)
    require_an_administrator()
    if moves:
        publish(UserChangedTeam(user_id=user.pk, team_id=user.team_id), by=by, about=[user])
    return user


@action
def set_user_password(user: User, *, password: str, by: Actor) -> User:
    """Give somebody a new password who forgot theirs; all their sessions end."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    user = lock(user)
    set_password(user, password)
    user.session_epoch += 1
    user.save(update_fields=["password", "session_epoch"])
    publish(PasswordChanged(way="administrator"), by=by, about=[user])
    return user
