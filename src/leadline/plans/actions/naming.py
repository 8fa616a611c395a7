"""Naming capabilities: their kind, and the limit that holds without a plan (PLN-2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.plans.events import CapabilityAdded, CapabilityChanged
from leadline.plans.keys import LONGEST, capability_key
from leadline.plans.models import Capability
from leadline.plans.policies import may_manage_capabilities
from leadline.plans.provided import PROVIDED

MOST_LIMIT = Decimal(10) ** 12


@action
def add_capability(
    *,
    name: str,
    kind: str,
    default_limit: Decimal | None = None,
    description: str = "",
    key: str = "",
    by: Actor,
) -> Capability:
    """Name something that customers can be allowed. The platform's events know it by its key.

    Without a key it is made of the name. Raises `RuleBroken` naming the field, also for a key that is there.
    """
    _require(by)
    moment = now()
    added = Capability(created_at=moment, updated_at=moment)
    _give(added, {"name": name, "kind": kind, "default_limit": default_limit, "description": description})
    added.key = _key(key or name)
    if Capability.objects.filter(key=added.key).exists():
        raise RuleBroken(_("There is a capability with this key already."), field="key", value=added.key)
    added.save()
    publish(CapabilityAdded(capability_id=added.pk), by=by, about=[added])
    return added


@action
def change_capability(
    capability: Capability, *, version: int | None = None, by: Actor, **given: Any
) -> Capability:
    """Change what is given: name, kind, default_limit, description; the key stays, events go by it.

    Usage is counted by another kind or limit soon after. Raises `RuleBroken`, or `EditConflict` by version.
    """
    capability = lock(capability)
    _require(by)
    if version is not None and version != capability.version:
        changes = changes_since("capability", capability.pk, version)
        raise EditConflict(changes, capability.version)
    counted_by = (capability.kind, capability.default_limit)
    _give(capability, given)
    _keep(capability, (capability.kind, capability.default_limit) != counted_by, by)
    return capability


@action
def retire_capability(capability: Capability, *, by: Actor) -> Capability:
    """Show it no more among what is used; what was counted stays. Retired again nothing happens."""
    capability = lock(capability)
    _require(by)
    if capability.retired_at is None:
        capability.retired_at = now()
        _keep(capability, False, by)
    return capability


@action
def bring_back_capability(capability: Capability, *, by: Actor) -> Capability:
    """Show it again."""
    capability = lock(capability)
    _require(by)
    if capability.retired_at is not None:
        capability.retired_at = None
        _keep(capability, False, by)
    return capability


@action
def provide_capabilities(*, by: Actor) -> None:
    """Bring what a new installation comes with (ALL-11); what is there stays as people made it."""
    have = set(Capability.objects.filter(key__in=PROVIDED).values_list("key", flat=True))
    moment = now()
    Capability.objects.bulk_create(
        Capability(
            key=each.key,
            name=each.name,
            kind=each.kind,
            default_limit=each.default_limit,
            description=each.description,
            created_at=moment,
            updated_at=moment,
        )
        for each in PROVIDED.values()
        if each.key not in have
    )


def _keep(capability: Capability, counts_otherwise: bool, by: Actor) -> None:
    capability.version, capability.updated_at = capability.version + 1, now()
    capability.save()
    told = CapabilityChanged(capability_id=capability.pk, counts_otherwise=counts_otherwise)
    publish(told, by=by, about=[capability])


def _give(capability: Capability, given: dict[str, Any]) -> None:
    if "name" in given:
        capability.name = _text(given["name"], "name", LONGEST, required=True)
    if "kind" in given:
        capability.kind = _kind(given["kind"])
    if "default_limit" in given:
        capability.default_limit = given["default_limit"]
    if "description" in given:
        capability.description = _text(given["description"], "description", 300)
    _check_limit(capability)


def _check_limit(capability: Capability) -> None:
    limit = capability.default_limit
    if limit is None:
        return
    if not limit.is_finite() or not 0 <= limit < MOST_LIMIT:
        message = _("A limit is 0 or more; leave it empty for no limit.")
        raise RuleBroken(message, field="default_limit", value=limit)
    if capability.is_switch and limit not in (0, 1):
        raise RuleBroken(_("A switch is 0 (off) or 1 (on)."), field="default_limit", value=limit)


def _kind(given: Any) -> str:
    if given not in Capability.Kind.values:
        message = _("A capability is one of %(known)s.") % {"known": ", ".join(Capability.Kind.values)}
        raise RuleBroken(message, field="kind", value=str(given)[:60])
    return str(given)


def _key(given: str) -> str:
    key = capability_key(_text(given, "key", LONGEST, required=True))
    if not key.strip("_"):
        raise RuleBroken(_("Give a key of at most 100 characters."), field="key", value=given)
    return key


def _text(given: Any, field: str, longest: int, *, required: bool = False) -> str:
    text = " ".join(str(given or "").split())
    if (required and not text) or len(text) > longest or not text.isprintable():
        message = _("Give a text of at most %(most)s characters.") % {"most": longest}
        raise RuleBroken(message, field=field, value=text[:80])
    return text


def _require(by: Actor) -> None:
    require(may_manage_capabilities(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
