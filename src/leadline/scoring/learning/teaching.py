"""One lesson: read, leave out what leaks, say what is too thin, learn on earlier, measure on later leads."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from leadline.scoring.learning.encoding import Encoder, Model
from leadline.scoring.learning.leaking import Leak, leaks
from leadline.scoring.learning.reading import DERIVED, Example, examples, kinds_of_fields
from leadline.scoring.models import LearntModel, ScoreRule
from leadline.scoring.rules import fields_of, scored_by_rules, understood

EARLIER = 0.7
SEED = 7
MEMORY, SECONDS = 4 << 30, 900
# What there must be at least, so that what is measured means something.
LEAST = {"converted": 100, "others": 100, "later_converted": 30, "days": 60}
State = LearntModel.State


class CouldNotLearn(Exception):
    """The process that learns gave up; the message is what it said."""


@dataclass
class Lesson:
    """What came of it: a state, the card to show, and weights where something was learnt."""

    state: str
    card: dict[str, Any]
    weights: dict[str, Any] = field(default_factory=dict)


def lesson(horizon: timedelta) -> Lesson:
    """Learn from the leads of this house. Raises `CouldNotLearn`."""
    found = examples(horizon)
    kinds = kinds_of_fields()
    left_out = leaks(found, kinds)
    without = {leak.field for leak in left_out}
    at = int(len(found) * EARLIER)
    earlier, later = found[:at], found[at:]
    card = _card(found, later, left_out, horizon)
    if card["thin"]:
        return Lesson(State.TOO_THIN, card)
    kept = {name: kind for name, kind in kinds.items() if name not in without}
    kept = {name: kind for name, kind in kept.items() if _varies(name, earlier)}
    encoder = Encoder.of(kept, [each.first for each in earlier])
    rules, passed_over = _rules(kept)
    said = _learnt(encoder, earlier, later, scored_by_rules(rules, [each.lead_id for each in later]))
    model = Model(
        encoder, said.pop("weights"), said.pop("means"), said.pop("intercept"), said.pop("quantiles")
    )
    card |= said | {"rules": len(rules), "rules_left_out": passed_over, "weights": _strongest(model)}
    better = said["gain_low"] > 0
    return Lesson(State.BETTER if better else State.NOT_BETTER, card, model.kept())


def _card(
    found: Sequence[Example], later: Sequence[Example], left_out: Sequence[Leak], horizon: timedelta
) -> dict[str, Any]:
    converted = sum(each.converted for each in found)
    days = (found[-1].registered_at - found[0].registered_at).days if found else 0
    have = {
        "converted": converted,
        "others": len(found) - converted,
        "later_converted": sum(each.converted for each in later),
        "days": days,
    }
    return {
        "leads": len(found),
        "later": len(later),
        **have,
        "horizon": horizon.days,
        "first": found[0].registered_at.isoformat() if found else "",
        "split": later[0].registered_at.isoformat() if later else "",
        "last": found[-1].registered_at.isoformat() if found else "",
        "left_out": [asdict(leak) for leak in left_out],
        "thin": [[name, have[name], least] for name, least in LEAST.items() if have[name] < least],
        "seed": SEED,
    }


def _varies(name: str, earlier: Sequence[Example]) -> bool:
    """Whether a field says anything at all: it is not the same in every lead."""
    first = earlier[0].first.get(name)
    return any(each.first.get(name) != first for each in earlier)


def _rules(kept: dict[str, str]) -> tuple[list[Any], list[str]]:
    """The rules that ask only for what is known when a lead comes in; others would measure too well."""
    known = {*kept, "registered_at", "name", "time_zone", "email"} - set(DERIVED)
    every = understood(ScoreRule.objects.in_use())
    fair = [pair for pair in every if fields_of(pair[1]) <= known]
    return fair, [rule.name for rule, condition in every if not fields_of(condition) <= known]


def _learnt(
    encoder: Encoder, earlier: Sequence[Example], later: Sequence[Example], rules: dict[int, Any]
) -> dict[str, Any]:
    given = {
        "earlier": [encoder.vector(each.first) for each in earlier],
        "outcome": [int(each.converted) for each in earlier],
        "later": [encoder.vector(each.first) for each in later],
        "later_outcome": [int(each.converted) for each in later],
        "later_rules": [rules[each.lead_id].points if each.lead_id in rules else 0 for each in later],
        "seed": SEED,
    }
    child = Path(__file__).with_name("child.py")
    command = [sys.executable, "-I", str(child), str(MEMORY), str(SECONDS)]
    try:
        run = subprocess.run(
            command, input=json.dumps(given).encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise CouldNotLearn("time") from late
    if run.returncode or not run.stdout:
        raise CouldNotLearn(run.stderr.decode(errors="replace")[-2000:])
    said: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return said


def _strongest(model: Model) -> list[tuple[str, float]]:
    """What weighs most, for people to read."""
    pairs = zip(model.encoder.keys, model.weights, strict=True)
    return sorted(((key, round(weight, 3)) for key, weight in pairs), key=lambda pair: -abs(pair[1]))[:20]
