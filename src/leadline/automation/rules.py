"""What a rule means: its start, conditions and steps understood, told as one sentence, or refused (PLT-6)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.automation.models import Rule
from leadline.automation.occasions import Start, read_start
from leadline.automation.places import check_places, named_in
from leadline.automation.steps.registry import MOST_STEPS, Params, Step, step_named
from leadline.core.conditions import Condition, everything, parse
from leadline.core.fields import catalogue
from leadline.core.refusals import RuleBroken

Naming = Callable[[str, int], str]


@dataclass(frozen=True)
class Understood:
    """A rule that can run. `record` is the kind it acts on; empty for the customer, else the lead."""

    start: Start
    record: str
    happened: Condition | None
    where: Condition | None
    steps: tuple[tuple[Step, Params], ...]

    @property
    def texts(self) -> list[str]:
        """All texts in which places may stand."""
        return [text for step, params in self.steps for text in step.texts(params)]

    @property
    def places(self) -> list[str]:
        """The places that its texts name."""
        return named_in(self.texts)


def read_rule(
    *,
    start: Any,
    record: str = "",
    happened: Any = None,
    where: Any = None,
    steps: Any = None,
    user: Any = None,
) -> Understood:
    """What is meant. Raises `RuleBroken` naming start, record, happened, where or steps.

    With a `user`, only what that person may see can be asked.
    """
    begun = read_start(start, user=user)
    record = _record(begun, record)
    about_event = _condition(happened, begun.about, "happened", None)
    about_record = _condition(where, catalogue(record) if record else None, "where", user)
    if begun.way == "every" and (about_record is None or about_record.is_everything):
        message = _("A rule that runs by the clock says which records it means, or it would take them all.")
        raise RuleBroken(message, field="where")
    done = _steps(steps, begun, record)
    understood = Understood(begun, record, about_event, about_record, done)
    check_places(understood.texts, begun)
    return understood


def understood(rule: Rule) -> Understood:
    """A rule that is kept, as it is meant now. Raises `RuleBroken` when something it names is gone."""
    return read_rule(
        start=rule.start, record=rule.record, happened=rule.happened, where=rule.where, steps=rule.steps
    )


def trouble_of(rule: Rule) -> str:
    """Why a rule can't run as it stands: a stage that was removed, a person who left; empty when it can."""
    try:
        understood(rule)
    except RuleBroken as refusal:
        return refusal.message
    return ""


def require_limit(once_per: Any) -> str:
    """How often for each record, as it is kept. Raises `RuleBroken` with what is accepted."""
    if once_per not in Rule.OncePer.values:
        accepted = ", ".join(each for each in Rule.OncePer.values if each)
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        words = {"value": str(once_per)[:40], "accepted": accepted}
        raise RuleBroken(message % words, field="once_per")
    return str(once_per)


def cleaned_steps(steps: Any, start: Any, record: str) -> list[dict[str, Any]]:
    """The steps as they are kept."""
    begun = read_start(start)
    return [dict(params) for _step, params in _steps(steps, begun, _record(begun, record))]


def _record(start: Start, record: str) -> str:
    if not record and not start.takes_whoever:
        return start.records[0]
    if record and record not in start.records:
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        words = {"value": str(record)[:40], "accepted": ", ".join(start.records)}
        raise RuleBroken(message % words, field="record", value=str(record)[:40])
    return record


def _condition(given: Any, about: Any, field: str, user: Any) -> Condition | None:
    if about is None:
        if given:
            raise RuleBroken(_("Nothing can be asked here."), field=field, value=str(given)[:80])
        return None
    try:
        return parse(given, about, user=user) if given else everything(about)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field=field, value=refusal.value) from None


def _steps(given: Any, start: Start, record: str) -> tuple[tuple[Step, Params], ...]:
    if not isinstance(given, list) or not given:
        raise RuleBroken(_("Say at least one thing that the rule does."), field="steps")
    if len(given) > MOST_STEPS:
        raise RuleBroken(_("A rule has at most %(most)s steps.") % {"most": MOST_STEPS}, field="steps")
    return tuple(_one(each, start, record) for each in given)


def _one(given: Any, start: Start, record: str) -> tuple[Step, Params]:
    if not isinstance(given, Mapping):
        raise RuleBroken(_('A step is an object such as {"step": "star", "days": 1}.'), field="steps")
    step = step_named(given.get("step"))
    kinds = (record,) if record else start.records
    if not set(step.records) & set(kinds):
        message = _("“%(step)s” can't be done with a record of this kind.")
        raise RuleBroken(message % {"step": step.label}, field="steps", value=step.key)
    happened = start.occasion.kind if start.occasion else ""
    if step.needs not in ("", happened):
        message = _("“%(step)s” needs another start: a payment.")
        raise RuleBroken(message % {"step": step.label}, field="steps", value=step.key)
    return step, step.clean(given)


def sentence_of(rule: Any, naming: Naming) -> str:
    """When → if → then, in the language in use; what is not understood any more is told as such."""
    try:
        meant = understood(rule)
    except RuleBroken as refusal:
        return _("This rule can't run: %(why)s") % {"why": refusal.message}
    return in_words(meant, rule.once_per, naming)


def in_words(meant: Understood, once_per: str, naming: Naming) -> str:
    """The same for a rule that is being made."""
    conditions = [
        condition.sentence(naming)
        for condition in (meant.happened, meant.where)
        if condition is not None and not condition.is_everything
    ]
    parts = [_("When %(start)s") % {"start": start_in_words(meant.start, naming)}]
    if conditions:
        parts.append(_("if %(conditions)s") % {"conditions": _(" and ").join(conditions)})
    parts.append(
        _("then %(steps)s") % {"steps": _joined([step.sentence(params) for step, params in meant.steps])}
    )
    words = ", ".join(parts) + "."
    if not once_per:
        return words
    limit = _("At most %(limit)s for each record.") % {"limit": Rule.OncePer(once_per).label}
    return f"{words} {limit}"


def start_in_words(start: Start, naming: Naming) -> str:
    """What starts a rule, as the words after “When”."""
    if start.occasion:
        return f"“{start.occasion.label}”"
    kind = str(catalogue(start.kind).label)
    if start.way == "change":
        assert start.field is not None
        words = _("%(field)s of a %(kind)s changes") % {"field": start.field.label, "kind": kind.lower()}
        if start.old is not None:
            words += _(" from %(value)s") % {"value": _value(start, start.old, naming)}
        if start.new is not None:
            words += _(" to %(value)s") % {"value": _value(start, start.new, naming)}
        return words
    at = {"at": f"{start.at:%H:%M}", "zone": start.in_zone}
    if start.way == "days":
        assert start.field is not None
        phrase = (
            _("%(days)s days have passed since %(field)s (at %(at)s, %(zone)s)")
            if start.side == "after"
            else _("%(days)s days are left until %(field)s (at %(at)s, %(zone)s)")
        )
        return phrase % {"days": start.days, "field": start.field.label, **at}
    phrase = {
        "hour": _("an hour has begun (at minute %(minute)s)"),
        "day": _("it is %(at)s (%(zone)s), every day"),
        "weekday": _("it is %(at)s (%(zone)s), Monday to Friday"),
        "week": _("it is %(at)s (%(zone)s), once a week"),
    }[start.every]
    return phrase % {"minute": start.at.minute, **at}


def _value(start: Start, value: Any, naming: Naming) -> str:
    assert start.field is not None
    if start.field.kind.family == "link":
        return naming(start.field.kind.target(start.field), value)  # type: ignore[attr-defined]
    return f"“{start.field.choice_labels.get(value, value)}”"


def _joined(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
