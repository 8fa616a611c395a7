"""Weighing what two records share: a score in percent, and the reasons for it in words (CUS-22)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from leadline.customers.likeness.features import Features
from leadline.customers.likeness.rules import NAME, SIGNS, Rules

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


# What two records share, as bits; `HOUSE` is two addresses that may be one.
EMAIL, DOMAIN, PHONE, POSTCODE, CITY, WITHIN, ELSEWHERE, HOUSE = (1 << place for place in range(8))
_TELLING = EMAIL | DOMAIN | PHONE
_BEFORE_NAME = ((EMAIL, "email"), (DOMAIN, "domain"), (PHONE, "phone"))
_PLACE = ((POSTCODE, "postcode"), (CITY, "city"), (WITHIN, "within"))


def weigh(one: Features, other: Features, rules: Rules, least: int = 0) -> Alike:
    """Compare two records. Signs add up as independent witnesses; place counts only beside another sign.

    What can't reach the `least` score is not looked at to its end: a scan compares millions, so what is
    reckoned from the same signs is kept.
    """
    shared = _shared(one, other)
    if _most(shared, SAME, rules) < least - ROUNDING:
        return NOT_ALIKE
    likeness = likeness_of(one.name, other.name, rules.least("name"))
    if not likeness and not shared & _TELLING:
        return NOT_ALIKE
    near = 0
    if shared & HOUSE:
        if _most(shared, likeness, rules) < least - ROUNDING:
            return NOT_ALIKE
        near = _at_one_address(one.address, other.address, rules)
    found: Alike | None = rules.reckoned.get((shared, likeness, near))
    if found is None:
        found = rules.reckoned[shared, likeness, near] = _reckoned(shared, likeness, near, rules)
    return found


def _shared(one: Features, other: Features) -> int:
    """The bits of all that two records share but their names."""
    _id, _name, email, phone, domain, address, city, postcode, country, within = one
    _id, _name, email2, phone2, domain2, address2, city2, postcode2, country2, within2 = other
    shared = EMAIL if email and email == email2 else DOMAIN if domain and domain == domain2 else 0
    if phone and phone == phone2:
        shared |= PHONE
    if postcode and postcode == postcode2:
        shared |= POSTCODE
    if city and city == city2:
        shared |= CITY
    if within and within == within2:
        shared |= WITHIN
    if country and country2 and country != country2:
        shared |= ELSEWHERE
    # One place is enough; where none is known on both sides, the street alone speaks.
    if (
        address
        and address2
        and (shared & (CITY | POSTCODE) or not ((city and city2) or (postcode and postcode2)))
    ):
        shared |= HOUSE
    return shared


def _most(shared: int, likeness: int, rules: Rules) -> float:
    """The score that is reached at the most, if the addresses prove to be one."""
    most: float | None = rules.reckoned.get((shared, likeness))
    if most is None:
        most = rules.reckoned[shared, likeness] = _sure(shared, likeness, bool(shared & HOUSE), rules)
    return most


def _reckoned(shared: int, likeness: int, near: int, rules: Rules) -> Alike:
    reasons = [(sign, SAME) for bit, sign in _BEFORE_NAME if shared & bit]
    reasons += [(sign, percent) for sign, percent in (("name", likeness), ("address", near)) if percent]
    reasons += [(sign, SAME) for bit, sign in _PLACE if shared & bit]
    return Alike(round(_sure(shared, likeness, bool(near), rules)), tuple(reasons))


def _sure(shared: int, likeness: int, at_one_address: bool, rules: Rules) -> float:
    """How sure it is in percent."""
    doubt = 1.0
    for bit, sign in (*_BEFORE_NAME, *_PLACE):
        if shared & bit:
            doubt *= 1 - rules.weights[sign]
    if likeness:
        doubt *= 1 - _rising(likeness, rules)
    if at_one_address:
        doubt *= 1 - rules.weights["address"]
    against = rules.weights["elsewhere"] if shared & ELSEWHERE else 0
    return (1 - doubt) * 100 * (1 - against)


def _at_one_address(mine: str, theirs: str, rules: Rules) -> int:
    """How alike two streets are, in percent; 0 where the numbers of the houses are different."""
    near = likeness_of(mine, theirs, rules.least("address"))
    return near if near == SAME or (near and _NUMBER.findall(mine) == _NUMBER.findall(theirs)) else 0


def likeness_of(mine: str, theirs: str, least: int) -> int:
    """How alike two texts are, in percent; 0 below the least likeness. Names come with their words sorted."""
    if not mine or not theirs:
        return 0
    return SAME if mine == theirs else int(fuzz.ratio(mine, theirs, score_cutoff=max(least, 1)))


def _rising(likeness: int, rules: Rules) -> float:
    """A third of the weight of a name at the least likeness, all of it where both are the same."""
    least = rules.least("name")
    share = 1.0 if likeness >= SAME else (likeness - least) / (SAME - least) * 2 / 3 + 1 / 3
    return rules.weights["name"] * share


def in_words(reasons: Sequence[Any]) -> list[str]:
    """The reasons as people read them: “same e-mail”, “name 92 % alike, same city”."""
    return [
        _("name %(percent)s %% alike") % {"percent": likeness} if key == NAME.key else str(_LABELS[key])
        for key, likeness in reasons
    ]


_LABELS = {sign.key: sign.label for signs in SIGNS.values() for sign in signs}
