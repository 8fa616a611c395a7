"""What can be told of scoring, in the past tense."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class ScoreRuleAdded(Event):
    """A rule of scoring was made."""

    rule_id: int

    wording = _("made a rule of scoring")


@dataclass(frozen=True)
class ScoreRuleChanged(Event):
    """A rule of scoring was changed."""

    rule_id: int

    wording = _("changed a rule of scoring")


@dataclass(frozen=True)
class ScoreRuleRetired(Event):
    """A rule of scoring is out of use."""

    rule_id: int

    wording = _("retired a rule of scoring")


@dataclass(frozen=True)
class ScoringLearnt(Event):
    """A model was learnt; `state` says whether it may be used."""

    model_id: int
    state: str

    wording = _("learnt a model of scoring")


@dataclass(frozen=True)
class ScoringSwitched(Event):
    """Scores come from a model, or from the rules where `model_id` is None."""

    model_id: int | None

    wording = _("changed what scores come from")
