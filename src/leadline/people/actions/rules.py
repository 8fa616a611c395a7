"""Rules about people that several verbs ask."""

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.refusals import RuleBroken
from leadline.people.models import Role, User
from leadline.people.signing.passwords import normalised

ADMINISTRATOR = "administrator"
ADMINISTRATION = "people.administrators"
TERRITORIES = "people.territories"  # held by who changes their rules, shared by who goes by them
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext(%s))"


def alone(what: str) -> None:
    """Let one transaction at a time do this; the others wait until it has ended."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [what])


def given(name: str) -> str:
    """A name that says something, without the blanks around it."""
    if not name.strip():
        raise RuleBroken(_("Give a name."), field="name")
    return name.strip()


def set_password(user: User, password: str, field: str = "password") -> None:
    """Give a user a password that the validators accept; it is not saved yet."""
    try:
        validate_password(normalised(password), user)
    except ValidationError as weak:
        raise RuleBroken(" ".join(weak.messages), field=field) from weak
    user.set_password(normalised(password))


def roles_of(keys: Sequence[str]) -> list[Role]:
    """The roles of these keys, at least one; retired roles are not given to anybody."""
    found = {role.key: role for role in Role.objects.in_use().filter(key__in=keys)}
    missing = [key for key in keys if key not in found]
    if missing or not keys:
        known = ", ".join(Role.objects.in_use().values_list("key", flat=True))
        raise RuleBroken(
            _("Choose at least one of these roles: %(known)s.") % {"known": known},
            field="roles",
            value=missing,
        )
    return list(found.values())


def require_an_administrator() -> None:
    """Somebody must be left who can let others in, by whatever role (PPL-2).

    Call it after the change, having taken `alone(ADMINISTRATION)`: of two at once the second looks last.
    """
    carrying = Role.objects.filter(retired_at=None, grants__user__manage="all")
    if not User.objects.active().filter(roles__in=carrying).exists():
        message = _(
            "This takes away the last administrator: nobody would be left who may manage people and roles."
        )
        raise RuleBroken(message, field="roles")
