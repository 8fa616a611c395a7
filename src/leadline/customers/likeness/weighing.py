"""Weighing what two records share: a score in percent, and the reasons for it in words (CUS-22)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from leadline.customers.likeness.features import Features
from leadline.customers.likeness.rules import Rules

SAME = 100
ROUNDING = 0.5  # scores are rounded to whole percents
_NUMBER = re.compile(r"\d+")
Reason = tuple[str, int]  # sign, likeness in percent


@dataclass(frozen=True, slots=True)
class Alike:
    """How sure it is that two records are one, in percent, and why."""

    score: int
    reasons: tuple[Reason, ...]


NOT_ALIKE = Alike(0, ())


def weigh(one: Features, other: Features, rules: Rules, least: int = 0) -> Alike:
    """Compare two records. Signs add up as independent witnesses; place counts only beside another sign.

    What can't reach the `least` score is not looked at to its end: a scan compares millions.
    """
    weights = rules.weights
    reasons: list[Reason] = []
    doubt = 1.0
    if one.email and one.email == other.email:
        reasons.append(("email", SAME))
        doubt *= 1 - weights["email"]
    elif one.domain and one.domain == other.domain:
        reasons.append(("domain", SAME))
        doubt *= 1 - weights["domain"]
    if one.phone and one.phone == other.phone:
        reasons.append(("phone", SAME))
        doubt *= 1 - weights["phone"]
    place, support = _place(one, other, weights)
    both = one.address and other.address
    best = support * (1 - weights["address"]) if both else support
    if (1 - doubt * (1 - weights["name"]) * best) * 100 < least - ROUNDING:
        return NOT_ALIKE
    likeness = likeness_of(one.name, other.name, rules.least("name"))
    if likeness:
        reasons.append(("name", likeness))
        doubt *= 1 - _rising(likeness, rules)
    if not reasons or (1 - doubt * best) * 100 < least - ROUNDING:
        return NOT_ALIKE
    if both and not _apart(one, other) and (near := _at_one_address(one.address, other.address, rules)):
        reasons.append(("address", near))
        doubt *= 1 - weights["address"]
    score = (1 - doubt * support) * 100
    if one.country and other.country and one.country != other.country:
        score *= 1 - weights["elsewhere"]
    return Alike(round(score), tuple(reasons + place))


def _place(one: Features, other: Features, weights: Mapping[str, float]) -> tuple[list[Reason], float]:
    """Which parts of the place are the same, and the doubt that they leave."""
    found: list[Reason] = []
    doubt = 1.0
    if one.postcode and one.postcode == other.postcode:
        found.append(("postcode", SAME))
        doubt *= 1 - weights["postcode"]
    if one.city and one.city == other.city:
        found.append(("city", SAME))
        doubt *= 1 - weights["city"]
    if one.within and one.within == other.within:
        found.append(("within", SAME))
        doubt *= 1 - weights["within"]
    return found, doubt


def _apart(one: Features, other: Features) -> bool:
    """Whether their cities and postcodes, as far as both are known, are all different."""
    known = [
        mine == theirs
        for mine, theirs in ((one.city, other.city), (one.postcode, other.postcode))
        if mine and theirs
    ]
    return bool(known) and not any(known)


def _at_one_address(mine: str, theirs: str, rules: Rules) -> int:
    """How alike two streets are, in percent; 0 where the numbers of the houses are different."""
    near = likeness_of(mine, theirs, rules.least("address"))
    return near if near == SAME or (near and _NUMBER.findall(mine) == _NUMBER.findall(theirs)) else 0


def likeness_of(mine: str, theirs: str, least: int) -> int:
    """How alike two texts are, in percent; 0 below the least likeness. Names come with their words sorted."""
    if not mine or not theirs:
        return 0
    return SAME if mine == theirs else int(fuzz.ratio(mine, theirs, score_cutoff=max(least, 1)))


def same_place(mine: str, theirs: str, least: int) -> int:
    """How alike two addresses are, in percent, whether the number stands first or last; 0 below the least."""
    return SAME if mine == theirs else int(fuzz.token_sort_ratio(mine, theirs, score_cutoff=max(least, 1)))


def _rising(likeness: int, rules: Rules) -> float:
    """A third of the weight of a name at the least likeness, all of it where both are the same."""
    least = rules.least("name")
    share = 1.0 if likeness >= SAME else (likeness - least) / (SAME - least) * 2 / 3 + 1 / 3
    return rules.weights["name"] * share


def in_words(reasons: Sequence[Any]) -> list[str]:
    """The reasons as people read them: “same e-mail”, “name 92 % alike, same city”."""
    said = []
    for key, likeness in reasons:
        words = _WORDS[key]()
        said.append(words % {"percent": likeness} if "%(" in words else words)
    return said


_WORDS = {
    "email": lambda: _("same e-mail"),
    "phone": lambda: _("same phone"),
    "domain": lambda: _("same domain"),
    "name": lambda: _("name %(percent)s %% alike"),
    "address": lambda: _("same address"),
    "postcode": lambda: _("same postcode"),
    "city": lambda: _("same city"),
    "within": lambda: _("same customer"),
}
