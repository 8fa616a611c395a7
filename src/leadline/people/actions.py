"""What is done with users, roles, teams and tokens."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.normalise.email import clean_email
from leadline.core.organisation import Organisation, forget_organisation
from leadline.core.refusals import RuleBroken
from leadline.people import policies
from leadline.people.models import Role, Team, Token, User
from leadline.people.provided_roles import PROVIDED

ASK_AN_ADMINISTRATOR = "An administrator can do this."


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
    require(policies.may_manage_people(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    user = User(email=clean_email(email), name=name.strip(), team=team, **profile)
    if not user.name:
        raise RuleBroken(_("Give a name."), field="name")
    held = _roles(roles)
    _set_password(user, password)
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
    by: Actor,
) -> User:
    """Change somebody's profile, roles and team; the last active administrator stays one (PPL-1, PPL-2)."""
    require(policies.may_manage_people(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    user = lock(user)
    held = _roles(roles)
    if not name.strip():
        raise RuleBroken(_("Give a name."), field="name")
    user.name, user.team, user.phone = name.strip(), team, phone
    user.language, user.time_zone = language, time_zone
    if user.is_active and not is_active:
        user.session_epoch += 1
    user.is_active = is_active
    user.save()
    user.roles.set(held)
    _require_an_administrator()
    return user


@action
def change_own_profile(user: User, *, name: str, phone: str, language: str, time_zone: str, by: Actor) -> User:
    """Change one's own name, phone, language and time zone."""
    require(by.user == user)
    user = lock(user)
    if not name.strip():
        raise RuleBroken(_("Give a name."), field="name")
    user.name, user.phone, user.language, user.time_zone = name.strip(), phone, language, time_zone
    user.save(update_fields=["name", "phone", "language", "time_zone"])
    return user


@action
def change_own_password(user: User, *, old: str, new: str, by: Actor) -> User:
    """Change one's own password; every other session ends with it."""
    require(by.user == user)
    user = lock(user)
    if not user.check_password(old):
        raise RuleBroken(_("This is not your present password."), field="old")
    _set_password(user, new, field="new")
    user.session_epoch += 1
    user.save(update_fields=["password", "session_epoch"])
    return user


@action
def create_token(user: User, *, name: str = "", scopes: Iterable[str] = (), by: Actor) -> str:
    """Make a token for a program that acts as this user; returned once, only its digest is kept (INT-2)."""
    require(policies.may_make_token(by.user, user))
    secret = "ll_" + secrets.token_urlsafe(32)
    Token.objects.create(user=user, name=name, scopes=list(scopes), digest=digest_of(secret))
    return secret


@action
def revoke_token(token: Token, *, by: Actor) -> Token:
    """Make a token useless at once."""
    require(policies.may_make_token(by.user, token.user))
    token = lock(token)
    token.revoked_at = token.revoked_at or now()
    token.save(update_fields=["revoked_at"])
    return token


@action
def add_team(*, name: str, parent: Team | None = None, manager: User | None = None, by: Actor) -> Team:
    """Make a team (PPL-3)."""
    require(policies.may_manage_people(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    if not name.strip():
        raise RuleBroken(_("Give a name."), field="name")
    return Team.objects.create(name=name.strip(), parent=parent, manager=manager)


@action
def change_organisation(*, by: Actor, **answers: Any) -> Organisation:
    """Change the name and defaults of the organisation."""
    require(policies.may_manage_settings(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    kept, _made = Organisation.objects.update_or_create(pk=1, defaults=answers)
    forget_organisation()
    return kept


@action
def provide_roles(*, by: Actor) -> None:
    """Bring the provided roles that are not there yet; altered ones stay as they are (ALL-11)."""
    require(policies.may_manage_people(by.user))
    known = set(Role.objects.values_list("key", flat=True))
    Role.objects.bulk_create(
        Role(**{**role, "name": str(role["name"]), "purpose": str(role["purpose"]), "position": position})
        for position, role in enumerate(PROVIDED)
        if role["key"] not in known
    )


def digest_of(secret: str) -> str:
    """What is kept of a token: a secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _set_password(user: User, password: str, field: str = "password") -> None:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise RuleBroken(" ".join(weak.messages), field=field) from weak
    user.set_password(password)


def _roles(keys: Sequence[str]) -> list[Role]:
    found = {role.key: role for role in Role.objects.filter(key__in=keys, retired_at=None)}
    missing = [key for key in keys if key not in found]
    if missing or not keys:
        known = ", ".join(Role.objects.filter(retired_at=None).values_list("key", flat=True))
        raise RuleBroken(
            _("Choose at least one of these roles: %(known)s.") % {"known": known}, field="roles", value=missing
        )
    return list(found.values())


def _require_an_administrator() -> None:
    if not User.objects.active().filter(roles__key="administrator").exists():
        raise RuleBroken(_("This is the last administrator; make somebody else one first."), field="roles")
