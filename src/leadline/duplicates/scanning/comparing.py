"""Comparing records that meet under a key."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby
from operator import attrgetter
from typing import Any

from rapidfuzz.fuzz import ratio

from leadline.customers.likeness import Alike, Features, Rules, weigh

LARGEST = 50  # records in one block; beyond it each is compared with its neighbours by name
WINDOW = 8
AT_ONCE = 100_000  # pairs in memory
Two = tuple[int, int]
Near = Iterator[tuple[Features, Features]]

# Part of the keys → what makes a block of the records that stand together under one key: what they share.
_BLOCKS: dict[str, tuple[Callable[[Features], Any], ...]] = {
    "email": (attrgetter("email"),),
    "phone": (attrgetter("phone"),),
    "domain": (attrgetter("domain"),),
    "street": (attrgetter("city"), attrgetter("postcode"), attrgetter("within")),
    "start": (attrgetter("name"), attrgetter("city"), attrgetter("postcode"), attrgetter("within")),
}


@dataclass
class Found:
    """Pairs of ids, the lower first; how many were weighed, how many blocks too large to compare all."""

    pairs: dict[Two, Alike] = field(default_factory=dict)
    compared: int = 0
    cut: int = 0


def compare(
    part: str, groups: Iterable[Sequence[Features]], rules: Rules, only: Collection[int] = ()
) -> Iterator[Found]:
    """Pairs that are alike enough to be listed, of records that stand together under a key of this part, in
    the order of their ids; in portions. With `only` those with one of these records.
    """
    found = Found()
    for together in groups:
        for block in _blocks(part, together):
            if not only or any(each.id in only for each in block):
                _compare_block(part, block, rules, only, found)
        if len(found.pairs) >= AT_ONCE:
            yield found
            found = Found()
    yield found


def _blocks(part: str, together: Sequence[Features]) -> Iterator[list[Features]]:
    for shared in _BLOCKS[part]:
        blocks = defaultdict(list)
        for each in together:
            blocks[shared(each)].append(each)
        blocks.pop("", None)
        blocks.pop(0, None)
        yield from (block for block in blocks.values() if len(block) > 1)


def _compare_block(
    part: str, block: Sequence[Features], rules: Rules, only: Collection[int], found: Found
) -> None:
    near: Near = combinations(block, 2)
    if len(block) > LARGEST:
        found.cut += 1
        near = _neighbours(block)
    if only:
        near = (two for two in near if two[0].id in only or two[1].id in only)
    pairs, least = found.pairs, rules.pair
    for one, other in _worth_weighing(part, near, rules):
        two = (one.id, other.id)
        if two not in pairs:
            found.compared += 1
            alike = weigh(one, other, rules, least)
            if alike.score >= least:
                pairs[two] = alike


def _worth_weighing(part: str, near: Near, rules: Rules) -> Near:
    """Without what met under another key."""
    if part in ("email", "phone"):
        return near
    if part == "domain":
        return _of_two_mailboxes(near)
    return _by_name(near, rules, at_one_address=part == "street")


def _of_two_mailboxes(near: Near) -> Near:
    """Customers of one domain are never too many for it (`likeness.providers`), nor are those of one address
    there: all of them met under it.
    """
    for one, other in near:
        if one.email != other.email or not one.email.endswith(one.domain):
            yield one, other


def _by_name(near: Near, rules: Rules, *, at_one_address: bool) -> Near:
    """Pairs that only a name can tell; those that share e-mail, phone or domain met under it.

    One name at one address meets under the name and the place.
    """
    least = max(rules.least("name"), 1)
    alone = rules.values["name"][0] >= rules.pair
    for one, other in near:
        _id, name, _email, _phone, domain, _address, city, postcode, _country, within = one
        if domain and domain == other.domain and not within:
            continue
        if not alone and city != other.city and postcode != other.postcode and city and other.city:
            continue
        if name == other.name:
            if not at_one_address:
                yield one, other
        elif ratio(name, other.name, score_cutoff=least):
            yield one, other


def _neighbours(block: Sequence[Features]) -> Near:
    """Each with the next by name, and those of one name all with all."""
    by_name = sorted(block, key=attrgetter("name", "id"))
    for at, one in enumerate(by_name):
        for other in by_name[at + 1 : at + 1 + WINDOW]:
            yield (one, other) if one.id < other.id else (other, one)
    for _name, same in groupby(by_name, key=attrgetter("name")):
        several = list(same)
        if WINDOW < len(several) <= LARGEST:
            yield from combinations(several, 2)


def hanging_together(pairs: Iterable[Two]) -> dict[int, int]:
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
