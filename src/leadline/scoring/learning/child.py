"""Run as a program of its own, within bounds of memory and time: fits the model and measures it.

It imports nothing of the house, and the house imports nothing of it: the library is loaded nowhere else. One
JSON comes by standard input, one line of JSON goes by standard output. The same input gives the same output.
"""

import json
import resource
import sys
from typing import Any

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score
from sklearn.model_selection import TimeSeriesSplit

Numbers = numpy.ndarray[Any, Any]
STRENGTHS = (0.01, 0.03, 0.1, 0.3, 1.0)
RESAMPLES = 300


def main(memory: str, seconds: str) -> None:
    """Within so many bytes and seconds of the processor."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(json.dumps(learnt(json.load(sys.stdin))))


def learnt(given: dict[str, Any]) -> dict[str, Any]:
    """Fit on the earlier leads, measure on the later ones."""
    earlier, later = numpy.array(given["earlier"]), numpy.array(given["later"])
    outcome, later_outcome = numpy.array(given["outcome"]), numpy.array(given["later_outcome"])
    strength = best_strength(earlier, outcome, given["seed"])
    model = fitted(earlier, outcome, strength, given["seed"])
    chances, before = model.predict_proba(later)[:, 1], model.predict_proba(earlier)[:, 1]
    rules = numpy.array(given["later_rules"], dtype=float)
    return {
        "weights": model.coef_[0].tolist(),
        "intercept": float(model.intercept_[0]),
        "means": earlier.mean(axis=0).tolist(),
        "quantiles": numpy.quantile(before, numpy.linspace(0.01, 1, 100)).tolist(),
        "strength": strength,
        "library": sklearn.__version__,
        **measured(later_outcome, chances, rules, float(outcome.mean()), given["seed"]),
    }


def fitted(rows: Numbers, outcome: Numbers, strength: float, seed: int) -> Any:
    """The model, as freely as `strength` lets it follow the data."""
    return LogisticRegression(C=strength, max_iter=2000, random_state=seed).fit(rows, outcome)


def best_strength(rows: Numbers, outcome: Numbers, seed: int) -> float:
    """How freely the model may follow the data: each is tried on what came after what it saw."""
    losses = dict.fromkeys(STRENGTHS, 0.0)
    for train, test in TimeSeriesSplit(n_splits=4).split(rows):
        if len(set(outcome[train])) < 2:
            continue
        for strength in STRENGTHS:
            chances = fitted(rows[train], outcome[train], strength, seed).predict_proba(rows[test])[:, 1]
            losses[strength] += log_loss(outcome[test], chances, labels=[0, 1])
    return min(STRENGTHS, key=lambda strength: (losses[strength], strength))


def measured(outcome: Numbers, chances: Numbers, rules: Numbers, base: float, seed: int) -> dict[str, Any]:
    """On later leads: what the model says, what the rules say, and how sure the difference is."""
    difference = resampled(outcome, chances, rules, seed)
    return {
        "auc": {"model": area(outcome, chances), "rules": area(outcome, rules)},
        "gain": float(area(outcome, chances) - area(outcome, rules)),
        "gain_low": float(numpy.quantile(difference, 0.05)),
        "gain_high": float(numpy.quantile(difference, 0.95)),
        "captured": {
            str(top): {"model": captured(outcome, chances, top), "rules": captured(outcome, rules, top)}
            for top in (10, 20)
        },
        "brier": float(brier_score_loss(outcome, chances)),
        "brier_base": float(brier_score_loss(outcome, numpy.full(len(outcome), base))),
        "calibration": calibration(outcome, chances),
    }


def area(outcome: Numbers, scores: Numbers) -> float:
    """How often a converted lead stands before another one."""
    return float(roc_auc_score(outcome, scores))


def captured(outcome: Numbers, scores: Numbers, top: int) -> float:
    """Which part of all conversions stands among the first so many percent; ties count by their share."""
    count = max(1, round(len(outcome) * top / 100))
    edge = numpy.sort(scores)[::-1][count - 1]
    above, tied = scores > edge, scores == edge
    room = (count - above.sum()) / max(1, tied.sum())
    return float((outcome[above].sum() + room * outcome[tied].sum()) / max(1, outcome.sum()))


def resampled(outcome: Numbers, chances: Numbers, rules: Numbers, seed: int) -> list[float]:
    """The difference of both on leads drawn anew from the later ones, with replacement."""
    chosen = numpy.random.default_rng(seed)
    found = []
    for _time in range(RESAMPLES):
        places = chosen.integers(0, len(outcome), len(outcome))
        if 0 < outcome[places].sum() < len(outcome):
            found.append(area(outcome[places], chances[places]) - area(outcome[places], rules[places]))
    return found


def calibration(outcome: Numbers, chances: Numbers) -> list[list[float]]:
    """In ten groups of leads by their chance: how many, what was said, what came."""
    order = numpy.argsort(chances, kind="stable")
    return [
        [len(part), float(chances[part].mean()), float(outcome[part].mean())]
        for part in numpy.array_split(order, 10)
        if len(part)
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
