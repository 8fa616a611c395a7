"""What a role is given, checked against what can be given at all."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.people.permissions import permission, registered_permissions
from leadline.people.provided_roles import Grants


def cleaned_grants(grants: Any, held: Grants) -> Grants:
    """The grants as they are stored; what no app of this version declares stays as the role holds it.

    Raises `RulesBroken` naming each unknown permission (`grants.customer.fly`) or has no such scope.
    """
    if not isinstance(grants, dict) or not all(isinstance(verbs, dict) for verbs in grants.values()):
        message = _("Grants look like {“customer”: {“view”: “team”}}.")
        raise RuleBroken(message, field="grants", value=grants)
    wanted = [(kind, verb, scope) for kind, verbs in grants.items() for verb, scope in verbs.items() if scope]
    broken = [rule for entry in wanted if (rule := _broken_by(*entry, held))]
    if broken:
        raise RulesBroken(broken)
    kept = [entry for entry in entries(held) if permission(*entry[:2]) is None]
    cleaned: Grants = {}
    for kind, verb, scope in [*kept, *wanted]:
        cleaned.setdefault(kind, {})[verb] = scope
    return cleaned


def differing(old: Grants, new: Grants) -> tuple[str, ...]:
    """The permissions in which two grants differ, as `customer:export`."""
    return tuple(sorted({f"{kind}:{verb}" for kind, verb, _scope in set(entries(old)) ^ set(entries(new))}))


def entries(grants: Grants) -> Iterator[tuple[str, str, str]]:
    """Object, verb and scope of each permission."""
    return ((kind, verb, scope) for kind, verbs in grants.items() for verb, scope in verbs.items())


def _broken_by(kind: str, verb: str, scope: Any, held: Grants) -> RuleBroken | None:
    field, known = f"grants.{kind}.{verb}"[:100], permission(kind, verb)
    if known is None:
        if held.get(kind, {}).get(verb) == scope:
            return None
        message = _("There is no permission “%(name)s”. Known: %(known)s.")
        every = ", ".join(each.key for found in registered_permissions() for each in found.permissions)
        return RuleBroken(message % {"name": f"{kind}:{verb}"[:60], "known": every}, field=field, value=scope)
    if scope not in known.scopes:
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        words = {"value": str(scope)[:60], "accepted": ", ".join(known.scopes)}
        return RuleBroken(message % words, field=field, value=scope)
    return None
