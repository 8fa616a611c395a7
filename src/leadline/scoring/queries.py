"""The questions about scores."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from leadline.leads.models import Lead
from leadline.scoring.models import Basis, LearntModel, Place, ScoreRule, Standing
from leadline.scoring.rules import sentence_of, understood
from leadline.scoring.wording import Reason, key_in_words


@dataclass(frozen=True)
class Explained:
    """A lead's score with its reasons, the weightiest first; none where it was not looked at yet."""

    score: int | None
    reasons: list[Reason] = field(default_factory=list)
    chance: float | None = None
    model_id: int | None = None


@dataclass(frozen=True)
class RuleLine:
    """A rule with its condition in words; empty where it means nothing any more."""

    rule: ScoreRule
    sentence: str


def explained(lead: Lead) -> Explained:
    """Why a lead has its score, as it was reckoned last."""
    standing = Standing.objects.filter(pk=lead.pk).first()
    score = lead.pulse.score
    if standing is None or score is None:
        return Explained(score)
    if standing.model_id is not None:
        reasons = [Reason(key_in_words(key), weight) for key, weight in standing.shares]
        return Explained(score, reasons, standing.chance, standing.model_id)
    rules = ScoreRule.objects.filter(pk__in=standing.rules)
    found = sorted((Reason(rule.name, rule.points) for rule in rules), key=lambda each: -abs(each.weight))
    return Explained(score, found)


def rule_lines() -> list[RuleLine]:
    """The rules in use, each in words."""
    rules = list(ScoreRule.objects.in_use())
    meant = {rule.pk: sentence_of(condition) for rule, condition in understood(rules)}
    return [RuleLine(rule, meant.get(rule.pk, "")) for rule in rules]


def basis() -> Basis:
    """What scores come from; the rules where nobody said."""
    return Basis.objects.select_related("model").filter(pk=1).first() or Basis(pk=1)


def models_learnt(limit: int = 20) -> Sequence[LearntModel]:
    """What was learnt, the newest first."""
    return list(LearntModel.objects.select_related("asked_by").order_by("-pk")[:limit])


def is_pass_due() -> bool:
    """Whether leads are still being looked at again."""
    return Place.objects.filter(pk=1, is_due=True).exists()
