"""Telling of a rule in trouble: on the rule, and to whoever changed it last (PLT-6)."""

from datetime import timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.automation.events import RuleTroubled
from leadline.automation.models import Rule
from leadline.automation.rules import Understood, understood
from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.organisation import organisation
from leadline.core.refusals import RuleBroken
from leadline.people.models import User
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification

TOLD_EVERY = timedelta(days=1)


@action
def tell_trouble(rule: Rule, *, words: str, by: Actor) -> None:
    """Keep on the rule what went wrong; tell whoever changed it last, else administrators, once a day."""
    moment = now()
    known = Rule.objects.select_for_update().get(pk=rule.pk)
    told = known.told_at is not None and known.told_at > moment - TOLD_EVERY and bool(known.trouble)
    Rule.objects.filter(pk=rule.pk).update(
        trouble=words[:300], trouble_at=moment, **({} if told else {"told_at": moment})
    )
    if told:
        return
    publish(RuleTroubled(rule_id=rule.pk), by=by, about=[Subject("automation_rule", rule.pk)])
    for person in _to_tell(known):
        with translation.override(person.language or organisation().language):
            notify(
                [person.pk],
                kind=Notification.Kind.JOB,
                text=_("The rule “%(rule)s”: %(why)s") % {"rule": known.label, "why": words},
                address=reverse("automation:page", args=[rule.pk]),
                cause=f"rule:{rule.pk}:{int(moment.timestamp())}",
                by=by,
            )


def as_meant(rule: Rule, *, by: Actor) -> Understood | None:
    """A rule as it is meant now; what can't be meant any more is told, never passed over in silence."""
    try:
        return understood(rule)
    except RuleBroken as refusal:
        tell_trouble(rule, words=refusal.message, by=by)
        return None


def _to_tell(rule: Rule) -> list[User]:
    person = rule.changed_by
    if person.is_active and not person.is_system:
        return [person]
    return list(User.objects.active().filter(roles__key="administrator", roles__retired_at=None).distinct())
