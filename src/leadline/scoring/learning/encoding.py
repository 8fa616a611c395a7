"""From values of leads to numbers and back to words: the same when learning and when applying.

A key names one number: `source=Fair` is 1 where the source is Fair, `source=` where none is known, `source=*`
for rare ones; `company?` is 1 where a company is given; `x_boats#` is a number, by its spread.
"""

import bisect
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Values = Mapping[str, Any]
CATEGORY, NUMBER, PRESENCE = "category", "number", "presence"
OFTEN_ENOUGH = 20  # leads that a category needs to count for itself
MOST_CATEGORIES = 30
RARE = "*"


@dataclass(frozen=True)
class Encoder:
    """Which numbers stand for values: field → kind, categories of each, middle and spread of numbers."""

    kinds: dict[str, str]
    categories: dict[str, list[str]]
    spreads: dict[str, tuple[float, float]]

    @classmethod
    def of(cls, kinds: Mapping[str, str], rows: Sequence[Values]) -> "Encoder":
        """Made from the rows that are learnt from, and no others."""
        categories, spreads = {}, {}
        for name, kind in kinds.items():
            values = [row[name] for row in rows]
            if kind == CATEGORY:
                counted = Counter(value for value in values if value)
                often = [
                    value for value, count in counted.most_common(MOST_CATEGORIES) if count >= OFTEN_ENOUGH
                ]
                categories[name] = sorted(often)
            elif kind == NUMBER:
                spreads[name] = _spread([value for value in values if value is not None])
        return cls(dict(kinds), categories, spreads)

    @property
    def keys(self) -> list[str]:
        """The names of the numbers, in their order."""
        return [key for name in self.kinds for key in self.keys_of(name)]

    def vector(self, values: Values) -> list[float]:
        """The numbers of one lead, in the order of `keys`."""
        return [number for name in self.kinds for number in self.numbers_of(name, values.get(name))]

    def active(self, name: str, value: Any) -> str:
        """The key by which a value of a field is told."""
        kind = self.kinds[name]
        if kind == CATEGORY:
            return f"{name}={value if value in self.categories[name] else RARE if value else ''}"
        if kind == PRESENCE:
            return f"{name}?{'yes' if value else 'no'}"
        return f"{name}#{'' if value is None else f'{value:g}'}"

    def keys_of(self, name: str) -> list[str]:
        """The names of the numbers of one field."""
        kind = self.kinds[name]
        if kind == CATEGORY:
            return [f"{name}={value}" for value in ("", *self.categories[name], RARE)]
        return [f"{name}?"] if kind == PRESENCE else [f"{name}#", f"{name}#missing"]

    def numbers_of(self, name: str, value: Any) -> list[float]:
        """The numbers of one value."""
        kind = self.kinds[name]
        if kind == PRESENCE:
            return [1.0 if value else 0.0]
        if kind == NUMBER:
            middle, spread = self.spreads[name]
            far = 0.0 if value is None else max(-4.0, min(4.0, (value - middle) / spread))
            return [far, 1.0 if value is None else 0.0]
        key = self.active(name, value)
        return [1.0 if key == each else 0.0 for each in self.keys_of(name)]


@dataclass(frozen=True)
class Model:
    """A sum of weights: the chance of a lead and what each field adds to it, against the average lead.

    `quantiles` are the chances of the leads it was learnt from, in a hundred steps: they make ranks.
    """

    encoder: Encoder
    weights: list[float]
    means: list[float]
    intercept: float
    quantiles: list[float]

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Model":
        """As it is kept in JSON."""
        spreads = {name: (pair[0], pair[1]) for name, pair in kept["spreads"].items()}
        encoder = Encoder(dict(kept["fields"]), kept["categories"], spreads)
        return cls(encoder, kept["weights"], kept["means"], kept["intercept"], kept["quantiles"])

    def kept(self) -> dict[str, Any]:
        """For JSON. The fields are a list, as the database keeps no order of names."""
        return {
            "fields": [[name, kind] for name, kind in self.encoder.kinds.items()],
            "categories": self.encoder.categories,
            "spreads": self.encoder.spreads,
            "weights": self.weights,
            "means": self.means,
            "intercept": self.intercept,
            "quantiles": self.quantiles,
        }

    def chance(self, values: Values) -> float:
        """The chance that a lead converts, from 0 to 1."""
        total = self.intercept + sum(self._adds(name, values.get(name)) for name in self._places)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def rank(self, chance: float) -> int:
        """How many of a hundred earlier leads were less promising: the score."""
        return min(100, bisect.bisect_right(self.quantiles, chance + 1e-12))

    def shares(self, values: Values) -> list[tuple[str, float]]:
        """What each field adds to the chance (in log odds) against the average lead, the weightiest first."""
        found = [
            (
                self.encoder.active(name, values.get(name)),
                round(self._adds(name, values.get(name)) - self._usual[name], 3),
            )
            for name in self._places
        ]
        return sorted((each for each in found if abs(each[1]) >= 0.05), key=lambda each: -abs(each[1]))

    @cached_property
    def _places(self) -> dict[str, tuple[int, dict[str, int]]]:
        """Field → where its weights begin, and which of them stands for each of its categories."""
        found, at = {}, 0
        for name in self.encoder.kinds:
            keys = self.encoder.keys_of(name)
            found[name] = (at, {key.partition("=")[2]: place for place, key in enumerate(keys)})
            at += len(keys)
        return found

    @cached_property
    def _usual(self) -> dict[str, float]:
        """Field → what it adds to the average lead."""
        weighed = [weight * mean for weight, mean in zip(self.weights, self.means, strict=True)]
        ends = {name: at + len(self.encoder.keys_of(name)) for name, (at, _of) in self._places.items()}
        return {name: sum(weighed[at : ends[name]]) for name, (at, _of) in self._places.items()}

    def _adds(self, name: str, value: Any) -> float:
        at, categories = self._places[name]
        kind = self.encoder.kinds[name]
        if kind == CATEGORY:
            return self.weights[at + categories.get(value or "", categories[RARE])]
        if kind == PRESENCE:
            return self.weights[at] if value else 0.0
        far, missing = self.encoder.numbers_of(name, value)
        return far * self.weights[at] + missing * self.weights[at + 1]


def _spread(values: Iterable[float]) -> tuple[float, float]:
    numbers = list(values)
    if not numbers:
        return 0.0, 1.0
    middle = sum(numbers) / len(numbers)
    spread = math.sqrt(sum((each - middle) ** 2 for each in numbers) / len(numbers))
    return middle, spread or 1.0
