"""Comparing records that meet under a key."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from leadline.customers.likeness import Alike, Features, Rules, weigh

LARGEST = 50  # records under one key; beyond it each is compared with its neighbours by name
WINDOW = 8
AT_ONCE = 100_000  # pairs in memory
Two = tuple[int, int]


def candidates(
    blocks: Iterable[tuple[int, list[int]]], known: Mapping[int, Features]
) -> Iterator[tuple[set[Two], int]]:
    """Pairs of ids to compare, the lower first, in portions in which each stands once; and how many blocks
    were too large to compare all with all.
    """
    found: set[Two] = set()
    cut = 0
    for _key, ids in blocks:
        present = sorted({key for key in ids if key in known})
        if len(present) > LARGEST:
            cut += 1
            found.update(_neighbours(present, known))
        else:
            found.update(combinations(present, 2))
        if len(found) >= AT_ONCE:
            yield found, cut
            found, cut = set(), 0
    yield found, cut


def compare(pairs: Iterable[Two], known: Mapping[int, Features], rules: Rules) -> Iterator[tuple[Two, Alike]]:
    """Those of the pairs that are alike enough to be listed."""
    least = rules.pair
    for pair in pairs:
        alike = weigh(known[pair[0]], known[pair[1]], rules, least)
        if alike.score >= least:
            yield pair, alike


def _neighbours(ids: Sequence[int], known: Mapping[int, Features]) -> Iterator[Two]:
    by_name = sorted(ids, key=lambda key: (known[key].name, key))
    for at, one in enumerate(by_name):
        for other in by_name[at + 1 : at + 1 + WINDOW]:
            yield (one, other) if one < other else (other, one)


def groups(pairs: Iterable[Two]) -> dict[int, int]:
    """Record → the least record of all that hang together with it by pairs."""
    above: dict[int, int] = {}

    def least(key: int) -> int:
        while above.get(key, key) != key:
            above[key] = above.get(above[key], above[key])
            key = above[key]
        return key

    for low, high in pairs:
        one, other = sorted((least(low), least(high)))
        above[other] = one
        above.setdefault(one, one)
    return {key: least(key) for key in above}
