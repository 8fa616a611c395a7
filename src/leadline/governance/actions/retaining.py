"""Rules of how long things are kept: set, removed, and carried out in portions (PPL-8)."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.conditions import parse
from leadline.core.events import Subject, publish
from leadline.core.fields import catalogue
from leadline.core.jobs import Job, start_job
from leadline.core.privacy import person_of
from leadline.core.refusals import RuleBroken
from leadline.governance.actions.erasing import erase_by_rule
from leadline.governance.events import RetentionCarriedOut
from leadline.governance.models import RetentionRule
from leadline.governance.policies import WHO_SETS_RETENTION, may_set_retention
from leadline.governance.retention import archive_due, retained_kinds


@action
def set_retention_rule(rule: RetentionRule | None, *, by: Actor, **answers: Any) -> RetentionRule:
    """Add a rule, or change one. It does nothing until it is on. Raises `RuleBroken` naming the field."""
    require(may_set_retention(by.user), who_can_help=WHO_SETS_RETENTION)
    rule = lock(rule) if rule else RetentionRule()
    for name, value in answers.items():
        setattr(rule, name, value)
    if not str(rule.name).strip():
        raise RuleBroken(_("Give the rule a name."), field="name")
    _require_one_of("kind", rule.kind, list(retained_kinds()))
    _require_one_of("deed", rule.deed, RetentionRule.Deed.values)
    _require_one_of("since", rule.since, RetentionRule.Since.values)
    if not 30 <= (rule.days or 0) <= 36_500:
        raise RuleBroken(_("Between 30 and 36,500 days."), field="days", value=rule.days)
    rule.where = parse(rule.where or {}, catalogue(rule.kind)).stored
    rule.save()
    return rule


@action
def remove_retention_rule(rule: RetentionRule, *, by: Actor) -> None:
    """Take a rule away; what it did stays."""
    require(may_set_retention(by.user), who_can_help=WHO_SETS_RETENTION)
    lock(rule).delete()


@action
def carry_out(rule: RetentionRule, *, by: Actor) -> Job:
    """Let a rule do its work now, as a job; in the night the house does so for each that is on."""
    require(may_set_retention(by.user), who_can_help=WHO_SETS_RETENTION)
    title = _("Retention: %(rule)s") % {"rule": rule.name}
    return start_job("governance.retain", title=title, params={"rule": rule.pk}, by=by)


@action
def retain(rule: RetentionRule, ids: list[int], *, by: Actor) -> int:
    """Do to a portion of due records what the rule says; returns how many it was done to."""
    if rule.deed == RetentionRule.Deed.ARCHIVE:
        done = archive_due(rule.kind, ids, by=by)
    else:
        persons = [person for key in ids if (person := person_of(rule.kind, key))]
        done = sum(erase_by_rule(person, rule=rule.pk, by=by) for person in persons)
    RetentionRule.objects.filter(pk=rule.pk).update(ran_at=now(), last_done=done)
    if done:
        subjects = [Subject(rule.kind, key) for key in ids]
        publish(RetentionCarriedOut(rule_id=rule.pk, deed=rule.deed, count=done), by=by, about=subjects)
    return done


def _require_one_of(field: str, value: Any, accepted: list[str]) -> None:
    if value not in accepted:
        words = _("Accepted: %(accepted)s.") % {"accepted": ", ".join(accepted)}
        raise RuleBroken(words, field=field, value=value)
