"""What leads score now: by the model in use, else by the rules (LEA-12)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leadline.scoring.learning.encoding import Model
from leadline.scoring.learning.reading import present_values
from leadline.scoring.models import Basis, ScoreRule
from leadline.scoring.rules import scored_by_rules, understood

MOST_SHARES = 6


@dataclass(frozen=True)
class Judged:
    """A lead's score (none where nothing scores), and why.

    Rules that hold, or shares in the model (feature, weight), strongest first.
    """

    lead_id: int
    score: int | None
    rules: list[int]
    shares: list[tuple[str, float]]
    chance: float | None
    model_id: int | None

    @property
    def rules_json(self) -> str:
        """The rules as JSON."""
        return json.dumps(self.rules)

    @property
    def shares_json(self) -> str:
        """The shares as JSON."""
        return json.dumps(self.shares)


def judged(ids: Sequence[int]) -> list[Judged]:
    """What leads in use score now. An archived lead keeps what it had."""
    if not ids:
        return []
    basis = Basis.objects.select_related("model").filter(pk=1).first()
    if basis is not None and basis.model is not None:
        return _by_model(ids, basis.model.pk, basis.model.weights)
    rules = understood(ScoreRule.objects.in_use())
    if not rules:
        return [Judged(pk, None, [], [], None, None) for pk in sorted(ids)]
    return [
        Judged(pk, scored.points, scored.rules, [], None, None)
        for pk, scored in sorted(scored_by_rules(rules, ids).items())
    ]


def _by_model(ids: Sequence[int], model_id: int, weights: dict[str, Any]) -> list[Judged]:
    model = Model.of(weights)
    found = []
    for pk, values in present_values(ids).items():
        chance = model.chance(values)
        shares = model.shares(values)[:MOST_SHARES]
        found.append(Judged(pk, model.rank(chance), [], shares, round(100 * chance, 1), model_id))
    return sorted(found, key=lambda each: each.lead_id)
