"""The providers of single sign-on that administrators trust (INT-5)."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.people import policies
from leadline.people.actions.rules import roles_of
from leadline.people.signing.events import ProviderRemoved, ProviderSaved
from leadline.people.signing.models import Provider


@action
def save_provider(
    provider: Provider | None = None, *, client_secret: str = "", by: Actor, **answers: Any
) -> Provider:
    """Trust a provider, or change how; an empty secret leaves the one that is kept."""
    require(policies.may_manage_settings(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    kept = provider or Provider(key=_free_key(answers["label"]))
    for name, value in answers.items():
        setattr(kept, name, value)
    kept.client_secret = client_secret or kept.client_secret
    if kept.creates_users and not (kept.default_roles or kept.role_map):
        message = _("Choose a role for whoever comes new, or say which roles the provider names.")
        raise RuleBroken(message, field="default_roles")
    if wanted := [*kept.default_roles, *kept.role_map.values()]:
        roles_of(wanted)
    kept.save()
    publish(ProviderSaved(provider_id=kept.pk, created=provider is None), by=by, about=[])
    return kept


@action
def remove_provider(provider: Provider, *, by: Actor) -> None:
    """Trust a provider no longer; nobody comes in by it, and all links to it go."""
    require(policies.may_manage_settings(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    publish(ProviderRemoved(provider_id=provider.pk), by=by, about=[])
    provider.delete()


def _free_key(label: str) -> str:
    base = slugify(label)[:30] or "provider"
    taken = set(Provider.objects.filter(key__startswith=base).values_list("key", flat=True))
    return next(key for key in (base, *(f"{base}-{number}" for number in range(2, 1000))) if key not in taken)
