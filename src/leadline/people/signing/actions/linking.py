"""Who somebody of a provider is here: known, linked by e-mail, or new (INT-5)."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import NotAllowed
from leadline.people import policies
from leadline.people.actions.rules import alone, require_an_administrator
from leadline.people.actions.users import add_user
from leadline.people.models import Role, User
from leadline.people.signing.events import IdentityLinked, RolesMapped
from leadline.people.signing.models import Identity, Provider


@action
def user_of_identity(
    provider: Provider, *, subject: str, email: str, name: str, claims: dict[str, Any], by: Actor
) -> User:
    """The person behind what a provider said; `email` is empty unless the provider verified it.

    Raises `NotAllowed` for somebody who is not here and may not come by himself. `by` is the house.
    """
    alone(f"people.identity.{provider.pk}.{subject}")
    _require_domain(provider, email)
    known = Identity.objects.select_related("user").filter(provider=provider, subject=subject).first()
    user = known.user if known else _linked(provider, subject, email, name, claims, by)
    if not user.is_active or user.is_system:
        raise _stranger()
    _map_roles(provider, user, claims, by)
    return user


def _linked(
    provider: Provider, subject: str, email: str, name: str, claims: dict[str, Any], by: Actor
) -> User:
    user = User.objects.filter(email__iexact=email, is_system=False).first() if email else None
    created = False
    if user and not provider.links_by_email:
        raise _stranger()
    if user is None:
        roles = _mapped(provider, claims) or provider.default_roles
        if not (email and provider.creates_users and roles):
            raise _stranger()
        user, created = add_user(email=email, name=name, roles=roles, password=None, by=by), True
    Identity.objects.create(provider=provider, subject=subject, user=user, linked_at=now())
    publish(IdentityLinked(provider_id=provider.pk, created=created), by=by, about=[user])
    return user


def _map_roles(provider: Provider, user: User, claims: dict[str, Any], by: Actor) -> None:
    """Where the provider says the roles, it says them at each sign-in; the last administrator stays one."""
    keys = _mapped(provider, claims)
    if not keys or set(keys) == set(user.roles.values_list("key", flat=True)):
        return
    alone("people.administrators")
    user.roles.set(Role.objects.filter(key__in=keys, retired_at=None))
    require_an_administrator()
    publish(RolesMapped(provider_id=provider.pk, roles=tuple(keys)), by=by, about=[user])


def _mapped(provider: Provider, claims: dict[str, Any]) -> list[str]:
    said = claims.get(provider.role_claim) if provider.role_claim else None
    values = said if isinstance(said, list) else [said]
    keys = {provider.role_map[str(value)] for value in values if str(value) in provider.role_map}
    known = Role.objects.filter(key__in=keys, retired_at=None)
    return sorted(known.values_list("key", flat=True))


def _require_domain(provider: Provider, email: str) -> None:
    domain = email.rpartition("@")[2].casefold()
    if provider.allowed_domains and domain not in provider.allowed_domains:
        raise _stranger()


def _stranger() -> NotAllowed:
    words = _("The provider knows you, but you have no account here, or it did not verify your e-mail.")
    return NotAllowed(words, who_can_help=policies.ASK_AN_ADMINISTRATOR)
