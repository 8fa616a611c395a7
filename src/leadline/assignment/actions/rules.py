"""Making, changing, ordering and switching rules (LEA-7)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from leadline.assignment import policies
from leadline.assignment.actions.setting import require_owner
from leadline.assignment.models import Rule, Ruleset
from leadline.assignment.reading import condition_of, require_field
from leadline.assignment.registry import assignable
from leadline.core.actions import Actor, action, lock, lock_all, require
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.people.actions.rules import given
from leadline.people.models import Team, User
from leadline.people.working.models import Skill

ANSWERS = (
    "name", "where", "way", "team", "people", "skills", "in_territory", "speaks", "at_work", "field",
    "overflow",
)  # fmt: skip


@action
def add_rule(kind: str, *, by: Actor, **answers: Any) -> Rule:
    """Make a rule, the last in order and off: a draft until it is switched on.

    `answers` are those of `ANSWERS`. Raises `RuleBroken` naming the field.
    """
    _require(by)
    assignable(kind)
    last = Rule.objects.in_use().filter(kind=kind).values_list("position", flat=True).last() or 0
    rule = Rule(kind=kind, position=last + 1)
    _set(rule, {"name": "", **answers})
    rule.save()
    return rule


@action
def change_rule(rule: Rule, *, version: int | None = None, by: Actor, **answers: Any) -> Rule:
    """Change what is given of a rule. Raises `EditConflict` when somebody changed it since `version`."""
    _require(by)
    rule = lock(rule)
    if version is not None and version != rule.version:
        raise RuleBroken(_("Somebody changed this rule in the meantime. Load the page again and look."))
    _set(rule, answers)
    return _saved(rule)


@action
def switch_rule(rule: Rule, *, is_on: bool, by: Actor) -> Rule:
    """Switch a rule on or off. Raises `RuleBroken` while nobody is the overflow owner (SIG-5)."""
    _require(by)
    rule = lock(rule)
    if rule.retired_at is not None:
        raise RuleBroken(_("This rule is retired; bring it back first."))
    overflow = Ruleset.objects.filter(kind=rule.kind).exclude(overflow=None)
    if is_on and not overflow.exists():
        message = _("Choose the overflow owner first: nothing may stay unassigned.")
        raise RuleBroken(message, field="is_on", value=is_on)
    rule.is_on = is_on
    return _saved(rule)


@action
def move_rule(rule: Rule, *, to: int, by: Actor) -> Rule:
    """Put a rule at another place in the order, from 1; the first that fits decides."""
    _require(by)
    rule = lock(rule)
    order = lock_all(Rule.objects.in_use().filter(kind=rule.kind).exclude(pk=rule.pk))
    order.sort(key=lambda each: (each.position, each.pk))
    order.insert(max(0, min(to, len(order) + 1) - 1), rule)
    for place, each in enumerate(order, start=1):
        if each.position != place:
            each.position = place
            each.save(update_fields=["position"])
    return rule


@action
def retire_rule(rule: Rule, *, by: Actor) -> Rule:
    """Take a rule out of use; what it decided stays explained."""
    _require(by)
    rule = lock(rule)
    rule.retired_at, rule.is_on = now(), False
    return _saved(rule)


@action
def bring_back_rule(rule: Rule, *, by: Actor) -> Rule:
    """Use a retired rule again, as a draft."""
    _require(by)
    rule = lock(rule)
    rule.retired_at = None
    return _saved(rule)


def _require(by: Actor) -> None:
    require(policies.may_manage_rules(by.user), who_can_help=policies.ASK)


def _saved(rule: Rule) -> Rule:
    rule.version += 1
    rule.save()
    return rule


def _set(rule: Rule, answers: dict[str, Any]) -> None:
    unknown = sorted(set(answers) - set(ANSWERS))
    if unknown:
        message = _("There is no field “%(name)s”. Known are: %(known)s.")
        raise RuleBroken(message % {"name": unknown[0], "known": ", ".join(ANSWERS)}, field=unknown[0])
    for name, value in answers.items():
        setattr(rule, name, value)
    rule.name = given(rule.name)
    rule.where = condition_of(rule.where or {}, rule.kind).stored
    _require_way(rule)
    rule.people = _known(User.objects.active(), rule.people, "people", _("Choose people who work here."))
    rule.skills = _known(
        Skill.objects.filter(retired_at=None), rule.skills, "skills", _("Choose skills in use.")
    )
    if rule.team is not None and not Team.objects.in_use().filter(pk=rule.team.pk).exists():
        raise RuleBroken(_("Choose a team in use."), field="team", value=rule.team.pk)
    if rule.overflow is not None:
        require_owner(rule.kind, rule.overflow, "overflow")


def _require_way(rule: Rule) -> None:
    if rule.way not in Rule.Way.values:
        known = ", ".join(Rule.Way.values)
        raise RuleBroken(
            _("Choose one of: %(known)s.") % {"known": known}, field="way", value=str(rule.way)[:60]
        )
    if rule.way == Rule.Way.PERSON:
        rule.field = require_field(rule.kind, rule.field)
        return
    rule.field = ""
    pool = rule.team or rule.people or rule.in_territory
    if rule.way in Rule.IN_TURN and not pool:
        message = _("Say who may get them: a team, people, or the members of the territory.")
        raise RuleBroken(message, field="team")


def _known(rows: Any, keys: Sequence[int], field: str, message: str) -> list[int]:
    wanted = sorted({int(key) for key in keys or ()})
    found = set(rows.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    if missing := [key for key in wanted if key not in found]:
        raise RuleBroken(message, field=field, value=missing[0])
    return wanted
