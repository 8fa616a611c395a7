"""Making, changing, switching, ordering, archiving and restoring rules (PLT-6)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from leadline.automation.events import RuleArchived, RuleChanged, RuleMade, RuleRestored, RuleSwitched
from leadline.automation.models import Rule
from leadline.automation.policies import may_manage_rules
from leadline.automation.provided import PROVIDED
from leadline.automation.rules import cleaned_steps, read_rule, require_limit, trouble_of
from leadline.automation.verbs import RULE_VERBS
from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.people.policies import ASK_AN_ADMINISTRATOR

KIND = "automation_rule"
LONGEST_NAME = 100
MEANT = ("start", "record", "happened", "where", "steps")


@action
def add_rule(
    *,
    name: str,
    start: Any,
    steps: Any,
    record: str = "",
    happened: Any = None,
    where: Any = None,
    once_per: str = "",
    is_on: bool = False,
    by: Actor,
) -> Rule:
    """Make a rule; it is off unless said otherwise, so that it can be tried first.

    Raises `RuleBroken` naming what can't be meant: unknown events, fields, places in texts, people.
    """
    require(may_manage_rules(by.user), _("Your role does not make rules."), who_can_help=ASK_AN_ADMINISTRATOR)
    moment = now()
    last = Rule.objects.aggregate(last=Max("position"))["last"] or 0
    rule = Rule(position=last + 1, is_on=is_on, created_at=moment, updated_at=moment, changed_by=by.user)
    meant = {"start": start, "record": record, "happened": happened, "where": where, "steps": steps}
    _write(rule, {"name": name, "once_per": once_per, **meant}, by)
    rule.ran_until = moment
    rule.save()
    publish(RuleMade(rule_id=rule.pk), by=by, about=[Subject(KIND, rule.pk)])
    return rule


@action
def change_rule(rule: Rule, *, version: int | None = None, by: Actor, **answers: Any) -> Rule:
    """Change what is given; what is not given stays. What was in trouble gets a new start.

    Raises `EditConflict` when `version` is not the present one any more, `RuleBroken` naming the field.
    """
    rule = lock(rule)
    _require(rule, "edit", by)
    if version is not None and version != rule.version:
        raise EditConflict(changes_since("automation_rule", rule.pk, version), rule.version)
    meant = {name: getattr(rule, name) for name in ("name", "once_per", *MEANT)}
    _write(rule, meant | answers, by)
    rule.trouble, rule.trouble_at, rule.told_at, rule.ran_until = "", None, None, now()
    _save(rule, by)
    publish(RuleChanged(rule_id=rule.pk), by=by, about=[Subject(KIND, rule.pk)])
    return rule


@action
def switch_rule(rule: Rule, *, is_on: bool, by: Actor) -> Rule:
    """Switch a rule on or off. One that can't be meant any more is not switched on: the reason is told."""
    rule = lock(rule)
    _require(rule, "edit", by)
    if is_on and (trouble := trouble_of(rule)):
        raise RuleBroken(trouble)
    if rule.is_on != is_on:
        rule.is_on, rule.trouble, rule.trouble_at, rule.told_at = is_on, "", None, None
        rule.ran_until = now()
        _save(rule, by)
        publish(RuleSwitched(rule_id=rule.pk, is_on=is_on), by=by, about=[Subject(KIND, rule.pk)])
    return rule


@action
def move_rule(rule: Rule, *, places: int, by: Actor) -> Rule:
    """Let a rule be asked earlier (below zero) or later among the rules in use."""
    rule = lock(rule)
    _require(rule, "edit", by)
    order = [each for each in Rule.objects.current().select_for_update(of=("self",)) if each.pk != rule.pk]
    before = list(Rule.objects.current().values_list("pk", flat=True)).index(rule.pk)
    order.insert(max(0, min(len(order), before + places)), rule)
    for position, each in enumerate(order, start=1):
        if each.position != position:
            each.position = position
            each.save(update_fields=["position"])
    publish(RuleChanged(rule_id=rule.pk), by=by, about=[Subject(KIND, rule.pk)])
    return rule


@action
def archive_rule(rule: Rule, *, by: Actor) -> Rule:
    """Take a rule out of use; its log stays."""
    rule = lock(rule)
    _require(rule, "archive", by)
    rule.archived_at, rule.is_on = now(), False
    _save(rule, by)
    publish(RuleArchived(rule_id=rule.pk), by=by, about=[Subject(KIND, rule.pk)])
    return rule


@action
def restore_rule(rule: Rule, *, by: Actor) -> Rule:
    """Bring a rule back, switched off."""
    rule = lock(rule)
    _require(rule, "restore", by)
    rule.archived_at, rule.is_on = None, False
    _save(rule, by)
    publish(RuleRestored(rule_id=rule.pk), by=by, about=[Subject(KIND, rule.pk)])
    return rule


@action
def provide_rules(*, by: Actor) -> None:
    """Bring the rules that an installation comes with; those here, altered or not, stay (ALL-11)."""
    there = set(Rule.objects.exclude(key="").values_list("key", flat=True))
    moment = now()
    for position, provided in enumerate(PROVIDED, start=1):
        if provided["key"] in there:
            continue
        rule = Rule(
            key=provided["key"], position=position, created_at=moment, updated_at=moment, changed_by=by.user
        )
        _write(rule, {"record": "", "happened": {}, "where": {}, "once_per": "", **provided}, by)
        rule.ran_until = moment
        rule.save()


def _write(rule: Rule, answers: Mapping[str, Any], by: Actor) -> None:
    """Put checked answers into a rule that is not saved yet."""
    name = " ".join(str(answers["name"] or "").split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        message = _("Give the rule a name of up to %(most)s characters.") % {"most": LONGEST_NAME}
        raise RuleBroken(message, field="name", value=name[:60])
    user = None if by.user.is_system else by.user
    meant = read_rule(**{each: answers[each] for each in MEANT}, user=user)
    rule.name, rule.once_per = name, require_limit(answers["once_per"])
    rule.start, rule.kind, rule.event = answers["start"], meant.record, meant.start.event
    rule.happened = meant.happened.stored if meant.happened else {}
    rule.where = meant.where.stored if meant.where else {}
    rule.steps = cleaned_steps(answers["steps"], answers["start"], meant.record)


def _save(rule: Rule, by: Actor) -> None:
    rule.version, rule.updated_at, rule.changed_by = rule.version + 1, now(), by.user
    rule.save()


def _require(rule: Rule, verb: str, by: Actor) -> None:
    asked = RULE_VERBS[verb]
    require(
        asked.permits(by.user, rule), _("Your role does not change rules."), who_can_help=ASK_AN_ADMINISTRATOR
    )
    for hindrance in asked.hindered_by(rule):
        raise RuleBroken(str(hindrance.words))
