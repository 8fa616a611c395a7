"""A user as SCIM writes it, and back."""

from typing import Any

import scim2_models as scim
from django.conf import settings
from django.utils.translation import gettext as _

from leadline.core.localities import time_zones
from leadline.core.refusals import RuleBroken
from leadline.people.models import User


def shown(user: User, base: str) -> scim.User:
    """A user for the directory; roles are those in force, by their keys."""
    return scim.User(
        id=str(user.pk),
        external_id=user.directory_id or None,
        user_name=user.email,
        name=scim.Name(formatted=user.name),
        display_name=user.name,
        active=user.is_active,
        emails=[scim.Email(value=user.email, primary=True)],
        phone_numbers=[scim.PhoneNumber(value=user.phone)] if user.phone else None,
        preferred_language=user.language or None,
        timezone=user.time_zone or None,
        roles=[
            scim.Role(value=role.key, display=role.name) for role in user.roles.all() if not role.is_retired
        ]
        or None,
        meta=scim.Meta(resource_type="User", created=user.created_at, location=f"{base}/Users/{user.pk}"),
    )


def taken(given: scim.User) -> dict[str, Any]:
    """What an action takes of a SCIM user. Raises `RuleBroken` where no name or e-mail can be found."""
    return {
        "email": _email(given),
        "name": _name(given),
        "directory_id": (given.external_id or "")[:200],
        "roles": [role.value for role in given.roles or [] if role.value],
        "is_active": given.active is not False,
        "phone": next((phone.value or "" for phone in given.phone_numbers or []), "")[:40],
        "language": _language(given.preferred_language or ""),
        "time_zone": given.timezone if given.timezone in dict(time_zones()) else "",
    }


def _email(given: scim.User) -> str:
    """The login: `userName` where it is an address, else the primary e-mail."""
    if "@" in (given.user_name or ""):
        return str(given.user_name)
    emails = sorted(given.emails or [], key=lambda email: not email.primary)
    found = next((email.value for email in emails if email.value), "")
    if not found:
        raise RuleBroken(_("A user needs an e-mail, as userName or among emails."), field="userName")
    return found


def _name(given: scim.User) -> str:
    name = given.name or scim.Name()
    parts = " ".join(part for part in (name.given_name, name.family_name) if part)
    found = given.display_name or name.formatted or parts or given.user_name or ""
    return found.strip()[:150]


def _language(tag: str) -> str:
    """`id-ID` is Indonesian; a language that we do not speak is left to the organisation."""
    short = tag.replace("_", "-").split("-")[0].lower()
    return short if short in dict(settings.LANGUAGES) else ""
