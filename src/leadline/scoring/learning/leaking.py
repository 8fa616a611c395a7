"""Fields that are filled with the outcome or after it: nothing is learnt from them (LEA-12).

Such a field makes a model look brilliant on the past and useless on a new lead, in which it is still empty.
Two witnesses: the history, which knows when a field was filled, and the outcome itself, which a field's mere
presence, or its value alone, must not all but name.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leadline.scoring.learning.encoding import NUMBER
from leadline.scoring.learning.reading import Example

LATE, PRESENT, ALONE = "late", "present", "alone"
LATE_SHARE, LATE_LEAST = 0.2, 5
EXPECTED, SURPRISING = 20, 0.05
ALONE_FROM = 0.97
LEAST_OF_EACH = 20


@dataclass(frozen=True)
class Leak:
    """A field that was left out, and why: `late`, `present` or `alone`.

    `share` is the part of its fills that came with or after the outcome, or how surely it names the outcome.
    """

    field: str
    why: str
    share: float


def leaks(examples: Sequence[Example], kinds: dict[str, str]) -> list[Leak]:
    """The fields to leave out, each with the first reason that holds."""
    found = []
    for name, kind in kinds.items():
        leak = _late(name, examples) or _present(name, examples) or _alone(name, kind, examples)
        if leak is not None:
            found.append(leak)
    return found


def _late(name: str, examples: Sequence[Example]) -> Leak | None:
    """Filled when the lead was closed already, in a good part of the leads that have it."""
    filled = [each for each in examples if _is_filled(each.present.get(name))]
    late = sum(
        each.closed_at is not None and name in each.filled_at and each.filled_at[name] >= each.closed_at
        for each in filled
    )
    if late >= LATE_LEAST and late >= LATE_SHARE * len(filled):
        return Leak(name, LATE, round(late / len(filled), 3))
    return None


def _present(name: str, examples: Sequence[Example]) -> Leak | None:
    """Whoever has it, converted, or did not, all but always, against all that was to be expected."""
    filled = [each for each in examples if _is_filled(each.first.get(name))]
    if not filled or len(filled) == len(examples):
        return None
    won = sum(each.converted for each in examples) / len(examples)
    for outcome, share in ((True, won), (False, 1 - won)):
        expected = share * len(filled)
        seen = sum(each.converted == outcome for each in filled)
        if expected >= EXPECTED and seen <= SURPRISING * expected:
            return Leak(name, PRESENT, round(1 - seen / len(filled), 3))
    return None


def _alone(name: str, kind: str, examples: Sequence[Example]) -> Leak | None:
    """Its value alone puts nearly every converted lead before nearly every other; measured on other leads."""
    learnt, measured = examples[::2], examples[1::2]
    if kind == NUMBER:
        pairs = [(each.first.get(name), each.converted) for each in examples]
        scored = [(float(value), converted) for value, converted in pairs if value is not None]
        auc = max(_auc(scored), 1 - _auc(scored)) if scored else 0.5
        scored_enough = len(scored) >= len(examples) / 2
    else:
        scored = [
            (rate, each.converted)
            for each, rate in zip(measured, _rates(name, learnt, measured), strict=True)
        ]
        auc, scored_enough = _auc(scored), True
    enough = all(
        sum(converted == side for _v, converted in scored) >= LEAST_OF_EACH for side in (True, False)
    )
    return Leak(name, ALONE, round(auc, 3)) if enough and scored_enough and auc >= ALONE_FROM else None


def _rates(name: str, learnt: Sequence[Example], measured: Sequence[Example]) -> list[float]:
    """For each lead the share of converted ones among others of the same value."""
    seen, won = (
        Counter(str(each.first.get(name)) for each in learnt),
        Counter(str(each.first.get(name)) for each in learnt if each.converted),
    )
    base = sum(won.values()) / max(1, len(learnt))
    values = [str(each.first.get(name)) for each in measured]
    return [(won[value] + base) / (seen[value] + 1) for value in values]


def _auc(scored: Sequence[tuple[float, bool]]) -> float:
    """How often a converted lead stands before another one; a half where it is chance or nothing is known."""
    ordered = sorted(scored, key=lambda each: each[0])
    positives = sum(converted for _value, converted in ordered)
    negatives = len(ordered) - positives
    if not positives or not negatives:
        return 0.5
    total, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        total += sum(converted for _v, converted in ordered[at:end]) * (at + end + 1) / 2
        at = end
    return (total - positives * (positives + 1) / 2) / (positives * negatives)


def _is_filled(value: Any) -> bool:
    return value not in (None, "", [], False)
