"""Whose turn it is: fair over time, whoever comes, goes or is away (docs/decisions/0045).

The carpool rule of Fagin and Williams (1983): each record costs one turn. Whoever could have got it is owed a
share of that turn; whoever got it has had one. The one who is owed most is next. So what somebody is owed
moves only while the person could get something: a newcomer begins at nothing, and who was away comes back to
what was owed before. Whole numbers: the same records give the same answer, and the sum stays nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from typing import NamedTuple

UNIT = 1_000_000
SHOWN = 3


class Able(NamedTuple):
    """Those who could get a record, in the order of their ids, and the share of its turn each is owed."""

    ids: tuple[int, ...]
    shares: tuple[int, ...]
    left: int

    @classmethod
    def of(cls, ids: Iterable[int], weights: Mapping[int, int]) -> "Able":
        """By their weights, of which none is nothing; `left` is what rounding leaves of the turn."""
        ordered = tuple(sorted(ids))
        whole = sum([weights[key] for key in ordered])
        shares = tuple(UNIT * weights[key] // whole for key in ordered)
        return cls(ordered, shares, UNIT - sum(shares))


class Turn(NamedTuple):
    """Who is next, what the person was owed, and who came behind with what (the nearest first)."""

    owner_id: int
    owed: int
    next_ids: tuple[int, ...] = ()
    next_owed: tuple[int, ...] = ()


@dataclass
class Turns:
    """What each is owed by one rule, in millionths of a turn; `got` counts what was given here."""

    owed: dict[int, int] = field(default_factory=dict)
    got: dict[int, int] = field(default_factory=dict)

    def next_of(self, able: Able) -> Turn:
        """The next of them; between equals the lower id."""
        owed = self.owed
        for key, share in zip(able.ids, able.shares, strict=True):
            owed[key] = owed.get(key, 0) + share
        first, *behind = nlargest(SHOWN + 1, able.ids, key=owed.__getitem__)
        turn = Turn(first, owed[first], tuple(behind), tuple([owed[key] for key in behind]))
        owed[first] -= UNIT - able.left
        self.got[first] = self.got.get(first, 0) + 1
        return turn
