"""What can be told of rules, in the past tense."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class RuleMade(Event):
    """A rule was made; it is off until somebody switches it on."""

    rule_id: int

    wording = _("made the rule")


@dataclass(frozen=True)
class RuleChanged(Event):
    """What a rule waits for, asks or does was changed."""

    rule_id: int

    wording = _("changed the rule")


@dataclass(frozen=True)
class RuleSwitched(Event):
    """A rule was switched on or off."""

    rule_id: int
    is_on: bool

    wording = _("switched the rule on or off")


@dataclass(frozen=True)
class RuleArchived(Event):
    """A rule was taken out of use."""

    rule_id: int

    wording = _("archived the rule")


@dataclass(frozen=True)
class RuleRestored(Event):
    """A rule came back, switched off."""

    rule_id: int

    wording = _("restored the rule")


@dataclass(frozen=True)
class RuleTroubled(Event):
    """A rule could not do what it should: a loop was stopped, a step failed, something it names is gone."""

    rule_id: int

    wording = _("the rule is in trouble")
