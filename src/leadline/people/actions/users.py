"""Users: let in, changed, deactivated (PPL-1)."""

from collections.abc import Sequence
from types import EllipsisType
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.events import publish
from leadline.core.normalise.email import clean_email
from leadline.core.refusals import RuleBroken
from leadline.people import policies
from leadline.people.actions.rules import (
    ADMINISTRATION,
    alone,
    given,
    require_an_administrator,
    roles_of,
    set_password,
)
from leadline.people.actions.teams import usable
from leadline.people.events import UserChangedTeam, UserDeactivated, UserReactivated, UserRolesChanged
from leadline.people.models import Role, Team, User
from leadline.people.signing.events import PasswordChanged


@action
def add_user(
    *,
    email: str,
    name: str,
    roles: Sequence[str],
    password: str | None,
    team: Team | None = None,
    by: Actor,
    **profile: Any,
) -> User:
    """Let somebody sign in, with roles by their keys (PPL-1).

    Without a password only single sign-on lets in. Raises `RuleBroken` for an e-mail in use, an unknown role
    or a weak password.
    """
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    user = User(email=clean_email(email), name=given(name), team=usable(team), **profile)
    held = roles_of(roles)
    if password is None:
        user.set_unusable_password()
    else:
        set_password(user, password)
    user.save()
    _give_roles(user, held, by)
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
    manager: User | EllipsisType | None = ...,
    capacity: int | EllipsisType | None = ...,
    by: Actor,
) -> User:
    """Change somebody's profile, roles and team; the last active administrator stays one (PPL-1, PPL-2).

    Manager and portfolio capacity (number of customers) stay as they are where they are not given.
    """
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    alone(ADMINISTRATION)
    user = lock(user)
    if user.is_system:
        raise RuleBroken(_("The house itself can't be changed."))
    held = roles_of(roles)
    moves, was_active = user.team_id != (team.pk if team else None), user.is_active
    user.name, user.phone = given(name), phone
    user.team = usable(team) if moves else team
    user.language, user.time_zone = language, time_zone
    user.email = clean_email(email) if email else user.email
    if manager is not ...:
        user.manager = _not_below(user, manager)
    if capacity is not ...:
        user.capacity = capacity
    if user.is_active and not is_active:
        user.session_epoch += 1
    user.is_active = is_active
    user.save()
    _give_roles(user, held, by)
    require_an_administrator()
    if moves:
        publish(UserChangedTeam(user_id=user.pk, team_id=user.team_id), by=by, about=[user])
    if was_active != is_active:
        event = UserReactivated if is_active else UserDeactivated
        publish(event(user_id=user.pk), by=by, about=[user])
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


def _not_below(user: User, manager: User | None) -> User | None:
    """The manager, unless that is the person or somebody who reports to the person."""
    above = manager.pk if manager else None
    while above is not None:
        if above == user.pk:
            message = _("%(name)s reports to this person. Choose somebody who does not.")
            words = _("Nobody is their own manager.") if manager == user else message % {"name": manager}
            raise RuleBroken(words, field="manager", value=manager and manager.pk)
        above = User.objects.values_list("manager", flat=True).get(pk=above)
    return manager


def _give_roles(user: User, roles: Sequence[Role], by: Actor) -> None:
    """These roles and no others; retired ones, which no form offers, stay with whoever holds them."""
    held = {role.pk: role for role in user.roles.all()}
    wanted = {role.pk for role in roles} | {pk for pk, role in held.items() if role.is_retired}
    if wanted == set(held):
        return
    user.roles.set(wanted)
    came, went = sorted(wanted - set(held)), sorted(set(held) - wanted)
    publish(UserRolesChanged(given=tuple(came), taken=tuple(went)), by=by, about=[user])
