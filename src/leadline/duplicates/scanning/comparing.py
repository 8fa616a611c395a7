"""Comparing records that meet under a key."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby

from rapidfuzz.fuzz import ratio

from leadline.customers.likeness import Alike, Features, Rules, weigh
from leadline.customers.likeness.features import BY_ADDRESS, BY_NAME

LARGEST = 50  # records under one key; beyond it each is compared with its neighbours by name
WINDOW = 8
AT_ONCE = 100_000  # pairs in memory
Two = tuple[int, int]


def candidates(
    blocks: Iterable[tuple[int, list[int]]], known: Mapping[int, Features], rules: Rules
) -> Iterator[tuple[set[Two], int]]:
    """Pairs of ids to compare, the lower first, in portions in which each stands once; and how many blocks
    were too large to compare all with all. Left out is what can't be listed, or met under another key.
    """
    found: set[Two] = set()
    cut = 0
    for key, ids in blocks:
        present = sorted({each for each in ids if each in known})
        near: Iterator[Two] = combinations(present, 2)
        if len(present) > LARGEST:
            cut += 1
            near = _neighbours(present, known)
        found.update(near if key < BY_ADDRESS else _by_name(near, known, rules, key < BY_NAME))
        if len(found) >= AT_ONCE:
            yield found, cut
            found, cut = set(), 0
    yield found, cut


def _by_name(
    pairs: Iterable[Two], known: Mapping[int, Features], rules: Rules, at_one_address: bool
) -> Iterator[Two]:
    """Pairs that only a name can tell; those that share e-mail, phone or domain met under it.

    Customers of one domain are never too many for it (`likeness.providers`). One name at one address meets
    under the name and the place.
    """
    least = max(rules.least("name"), 1)
    alone = rules.values["name"][0] >= rules.pair
    for pair in pairs:
        one, other = known[pair[0]], known[pair[1]]
        if one.domain and one.domain == other.domain and not one.within:
            continue
        if (
            not alone
            and one.city != other.city
            and one.postcode != other.postcode
            and one.city
            and other.city
        ):
            continue
        if one.name == other.name:
            if not at_one_address:
                yield pair
        elif ratio(one.name, other.name, score_cutoff=least):
            yield pair


def compare(pairs: Iterable[Two], known: Mapping[int, Features], rules: Rules) -> Iterator[tuple[Two, Alike]]:
    """Those of the pairs that are alike enough to be listed."""
    least = rules.pair
    for pair in pairs:
        alike = weigh(known[pair[0]], known[pair[1]], rules, least)
        if alike.score >= least:
            yield pair, alike


def _neighbours(ids: Sequence[int], known: Mapping[int, Features]) -> Iterator[Two]:
    """Each with the next by name, and those of one name all with all."""
    by_name = sorted(ids, key=lambda key: (known[key].name, key))
    for at, one in enumerate(by_name):
        for other in by_name[at + 1 : at + 1 + WINDOW]:
            yield (one, other) if one < other else (other, one)
    for _name, same in groupby(by_name, key=lambda key: known[key].name):
        several = list(same)
        if WINDOW < len(several) <= LARGEST:
            yield from combinations(several, 2)


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
    for key in above:
        above[key] = least(key)  # in place: there may be a million
    return above
