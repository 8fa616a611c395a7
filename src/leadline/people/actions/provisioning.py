"""People as a directory outside keeps them: let in, changed and let go by it (INT-5)."""

from collections.abc import Sequence

from leadline.core.actions import Actor, action, lock
from leadline.people.actions.users import add_user, change_user
from leadline.people.models import User

# Sees nothing until customers are handed over: for whom the directory names no role.
FIRST_ROLES = ("inside-sales",)


@action
def provision_user(
    user: User | None,
    *,
    email: str,
    name: str,
    directory_id: str,
    roles: Sequence[str] = (),
    is_active: bool = True,
    phone: str = "",
    language: str = "",
    time_zone: str = "",
    by: Actor,
) -> User:
    """Let somebody in whom the directory knows, or bring the person to what it says now.

    Who is new has no password and signs in by single sign-on or an invitation. Roles are given by their keys;
    none leaves them as they are, and gives who is new `FIRST_ROLES`. Raises `RuleBroken` as `add_user` and
    `change_user` do.
    """
    if user is None:
        user = _returned(email) or add_user(
            email=email, name=name, roles=roles or FIRST_ROLES, password=None, by=by
        )
    held = [role.key for role in user.roles.in_use()]
    user = change_user(
        user,
        name=name,
        email=email,
        roles=roles or held,
        team=user.team,
        phone=phone,
        language=language,
        time_zone=time_zone,
        is_active=is_active,
        by=by,
    )
    user.directory_id = directory_id
    user.save(update_fields=["directory_id"])
    return user


@action
def deprovision_user(user: User, *, by: Actor) -> User:
    """The directory lets somebody go: deactivated, never deleted, and no longer known to it (PPL-1)."""
    user = lock(user, "team")
    user = change_user(
        user,
        name=user.name,
        roles=[role.key for role in user.roles.in_use()],
        team=user.team,
        phone=user.phone,
        language=user.language,
        time_zone=user.time_zone,
        is_active=False,
        by=by,
    )
    user.directory_id = ""
    user.save(update_fields=["directory_id"])
    return user


def _returned(email: str) -> User | None:
    """Somebody whom the directory had let go and lets in again."""
    gone = User.objects.filter(is_active=False, is_system=False, directory_id="")
    return gone.filter(email__iexact=email.strip()).first()
