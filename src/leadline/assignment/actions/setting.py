"""The overflow owner, whether rules run by themselves, and how much somebody takes (LEA-7, SIG-5)."""

from django.utils.translation import gettext as _

from leadline.assignment import policies
from leadline.assignment.models import Ruleset, Share
from leadline.assignment.registry import assignable
from leadline.core.actions import Actor, action, lock, require
from leadline.core.refusals import RuleBroken
from leadline.people.models import User

HEAVIEST = 200


@action
def set_overflow(kind: str, *, owner: User | None, by: Actor) -> Ruleset:
    """Say who takes what no rule places. Raises `RuleBroken` for nobody, and for who can't own them."""
    ruleset = _ruleset(kind, by)
    require_owner(kind, owner, "owner")
    ruleset.overflow = owner
    return _saved(ruleset)


@action
def switch_rules(kind: str, *, is_on: bool, by: Actor) -> Ruleset:
    """Let the rules run by themselves for what comes in, or not. Raises `RuleBroken` without an overflow."""
    ruleset = _ruleset(kind, by)
    if is_on and ruleset.overflow_id is None:
        message = _("Choose the overflow owner first: nothing may stay unassigned.")
        raise RuleBroken(message, field="is_on", value=is_on)
    ruleset.is_on = is_on
    return _saved(ruleset)


@action
def set_share(kind: str, *, person: User, weight: int, capacity: int | None, by: Actor) -> Share:
    """Say how much somebody takes: a share in percent of a full one, and at most how many open at once."""
    _ruleset(kind, by)
    if not 0 <= weight <= HEAVIEST:
        raise RuleBroken(
            _("A share is between 0 and %(most)s percent.") % {"most": HEAVIEST}, field="weight", value=weight
        )
    found = Share.objects.filter(kind=kind, user=person).first()
    share = lock(found) if found else Share(kind=kind, user=person)
    share.weight, share.capacity = weight, capacity
    share.save()
    return share


def require_owner(kind: str, owner: User | None, field: str) -> None:
    """Whether somebody may be the owner of what no rule places."""
    if owner is None:
        raise RuleBroken(_("Choose who gets what no rule places."), field=field)
    if not owner.is_active or owner.is_system:
        raise RuleBroken(_("%(name)s has left and can't own records.") % {"name": owner}, field=field)
    if not owner.may(kind, assignable(kind).owns):
        message = _("The roles of %(name)s don't allow to work on these records.")
        raise RuleBroken(message % {"name": owner}, field=field, value=owner.pk)


def _ruleset(kind: str, by: Actor) -> Ruleset:
    require(policies.may_manage_rules(by.user), who_can_help=policies.ASK)
    assignable(kind)
    Ruleset.objects.bulk_create([Ruleset(kind=kind)], ignore_conflicts=True)
    return lock(Ruleset.objects.get(kind=kind))


def _saved(ruleset: Ruleset) -> Ruleset:
    ruleset.version += 1
    ruleset.save()
    return ruleset
