"""Making, changing and retiring rules; all leads are looked at again soon after (LEA-12)."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.scoring import policies
from leadline.scoring.actions.following import look_at_all
from leadline.scoring.events import ScoreRuleAdded, ScoreRuleChanged, ScoreRuleRetired
from leadline.scoring.models import MOST_POINTS, ScoreRule
from leadline.scoring.rules import condition_of

MOST_RULES = 60


@action
def add_rule(*, name: str, where: Any, points: int, by: Actor) -> ScoreRule:
    """Give points to leads for which a condition holds. Raises `RuleBroken` naming the field."""
    require(policies.may_manage_scoring(by.user), str(policies.NOT_YOURS))
    if ScoreRule.objects.in_use().count() >= MOST_RULES:
        raise RuleBroken(_("At most %(most)s rules are accepted; retire one first.") % {"most": MOST_RULES})
    moment = now()
    rule = ScoreRule(created_at=moment, updated_at=moment)
    _give(rule, {"name": name, "where": where, "points": points}, by)
    rule.save()
    look_at_all(by=by)
    publish(ScoreRuleAdded(rule_id=rule.pk), by=by, about=[rule])
    return rule


@action
def change_rule(rule: ScoreRule, *, version: int | None = None, by: Actor, **given: Any) -> ScoreRule:
    """Change what is given: name, condition, points. Raises `RuleBroken`, or `EditConflict` by version."""
    rule = lock(rule)
    require(policies.may_manage_scoring(by.user), str(policies.NOT_YOURS))
    if rule.retired_at is not None:
        raise RuleBroken(_("This rule is retired."))
    if version is not None and version != rule.version:
        raise EditConflict(changes_since("score_rule", rule.pk, version), rule.version)
    _give(rule, given, by)
    rule.version, rule.updated_at = rule.version + 1, now()
    rule.save()
    look_at_all(by=by)
    publish(ScoreRuleChanged(rule_id=rule.pk), by=by, about=[rule])
    return rule


@action
def retire_rule(rule: ScoreRule, *, by: Actor) -> ScoreRule:
    """Take a rule out of use; retired again nothing happens."""
    rule = lock(rule)
    require(policies.may_manage_scoring(by.user), str(policies.NOT_YOURS))
    if rule.retired_at is None:
        rule.retired_at = rule.updated_at = now()
        rule.version += 1
        rule.save()
        look_at_all(by=by)
        publish(ScoreRuleRetired(rule_id=rule.pk), by=by, about=[rule])
    return rule


def _give(rule: ScoreRule, given: dict[str, Any], by: Actor) -> None:
    if "name" in given:
        rule.name = _named(given["name"])
    if "where" in given:
        rule.where = condition_of(given["where"], user=by.user).stored
    if "points" in given:
        rule.points = _points(given["points"])


def _named(given: Any) -> str:
    name = " ".join(str(given or "").split())
    if not name or len(name) > 80 or not name.isprintable():
        raise RuleBroken(_("Give the rule a name of at most 80 characters."), field="name", value=name[:80])
    return name


def _points(given: Any) -> int:
    if type(given) is not int or not 0 < abs(given) <= MOST_POINTS:
        message = _("Points are a number from -100 to 100, other than 0.")
        raise RuleBroken(message, field="points", value=given)
    return given
