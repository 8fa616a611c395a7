"""Changing the rules of likeness; a new look over all records follows (CUS-22)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.events import publish
from leadline.core.jobs import Job, start_job
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.customers.likeness import INSTALLED
from leadline.customers.models import LikenessRule
from leadline.duplicates.events import LikenessRulesChanged
from leadline.duplicates.models import SCAN
from leadline.duplicates.policies import WHO_SETS_RULES, may_set_rules


@action
def change_rules(kind: str, values: Mapping[str, Any], *, by: Actor) -> Job | None:
    """Give signs other weights, and from where they count; what is not given stays. Starts a scan.

    `values` goes from a sign to (weight, least likeness) in percent. Raises `RulesBroken` naming signs.
    """
    require(may_set_rules(by.user), who_can_help=WHO_SETS_RULES)
    wanted = _checked(kind, values)
    before = {rule.key: rule for rule in LikenessRule.objects.filter(kind=kind)}
    changed = False
    for key, (weight, least) in wanted.items():
        rule = before.get(key) or LikenessRule(
            kind=kind, key=key, weight=INSTALLED[kind][key][0], least=INSTALLED[kind][key][1]
        )
        if (rule.weight, rule.least) != (weight, least):
            rule.weight, rule.least, changed = weight, least, True
            rule.save()
    return _scan_anew(kind, by) if changed else None


@action
def put_rules_back(kind: str, *, by: Actor) -> Job | None:
    """The rules as they came installed."""
    require(may_set_rules(by.user), who_can_help=WHO_SETS_RULES)
    if kind not in INSTALLED:
        raise RuleBroken(_("There are no such rules."), field="kind", value=kind)
    gone, _by_model = LikenessRule.objects.filter(kind=kind).delete()
    return _scan_anew(kind, by) if gone else None


def _checked(kind: str, values: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    if kind not in INSTALLED:
        raise RuleBroken(_("There are no such rules."), field="kind", value=kind)
    broken, wanted = [], {}
    for key, given in values.items():
        if key not in INSTALLED[kind]:
            known = ", ".join(INSTALLED[kind])
            message = _("There is no such sign. Known are: %(known)s.") % {"known": known}
            broken.append(RuleBroken(message, field=str(key)[:40]))
        elif not all(type(each) is int and 0 <= each <= 100 for each in given):
            broken.append(RuleBroken(_("Give a percentage from 0 to 100."), field=key, value=str(given)[:40]))
        else:
            wanted[key] = (given[0], given[1])
    if not broken:
        merged = {key: pair[0] for key, pair in {**dict(INSTALLED[kind]), **wanted}.items()}
        if merged["pair"] < 1 or merged["warn"] < 1:
            broken.append(RuleBroken(_("From 1 percent on; nothing would be left out."), field="pair"))
    if broken:
        raise RulesBroken(broken)
    return wanted


def _scan_anew(kind: str, by: Actor) -> Job | None:
    publish(LikenessRulesChanged(records=kind), by=by, about=[])
    params = {"full": True, "kinds": [kind]}
    if Job.objects.unfinished().filter(kind=SCAN, params=params, state=Job.State.WAITING).exists():
        return None
    return start_job(SCAN, title=_("Look for duplicates by the new rules"), params=params, by=by)
