"""The rules of likeness: what each sign is worth, and from when people are told (CUS-22).

They come installed; an administrator changes them in the database, and puts them back. A weight says how
sure, in percent, the sign alone makes it that two records are one; several signs add up as independent
witnesses do. Place and the same customer only support what name, e-mail, phone or domain said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.customers.likeness.models import LikenessRule

Text = str | Promise


@dataclass(frozen=True)
class Sign:
    """One sign that two records are one, in words; `alike` ones have a least likeness in percent."""

    key: str
    label: Text
    help: Text
    supports: bool = False
    is_alike: bool = False


EMAIL = Sign("email", _("same e-mail"), _("Dots and what follows + are left out where the provider does."))
PHONE = Sign("phone", _("same phone"), _("The last nine digits, however they are written."))
DOMAIN = Sign(
    "domain",
    _("same domain"),
    _("Of e-mail or website; free mail and what more than 20 customers share don't count."),
)
NAME = Sign(
    "name",
    _("names alike"),
    _("Without legal form, case, accents and order of words; more for more likeness."),
    is_alike=True,
)
ADDRESS = Sign(
    "address",
    _("same address"),
    _("Street nearly the same, with the same number, in the same place."),
    supports=True,
    is_alike=True,
)
POSTCODE = Sign("postcode", _("same postcode"), _("Supports what else is the same."), supports=True)
CITY = Sign("city", _("same city"), _("Supports what else is the same."), supports=True)
WITHIN = Sign("within", _("same customer"), _("Both are contacts of one customer."), supports=True)
ELSEWHERE = Sign("elsewhere", _("another country"), _("Speaks against it."), supports=True)
WARN = Sign("warn", _("Warn from"), _("So sure it must be before whoever adds a record is told."))
PAIR = Sign("pair", _("List as a pair from"), _("So sure it must be to stand on the page of duplicates."))

SIGNS = {
    "customer": (EMAIL, PHONE, DOMAIN, NAME, ADDRESS, POSTCODE, CITY, ELSEWHERE),
    "contact": (EMAIL, PHONE, NAME, DOMAIN, WITHIN),
}
THRESHOLDS = (WARN, PAIR)
# Kind → sign → (weight, least likeness), in percent.
INSTALLED: Mapping[str, Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "customer": {
            "email": (95, 0),
            "phone": (70, 0),
            "domain": (45, 0),
            "name": (70, 80),
            "address": (50, 85),
            "postcode": (30, 0),
            "city": (20, 0),
            "elsewhere": (40, 0),
            "warn": (50, 0),
            "pair": (75, 0),
        },
        "contact": {
            "email": (95, 0),
            "phone": (60, 0),
            "name": (60, 85),
            "domain": (20, 0),
            "within": (50, 0),
            "warn": (60, 0),
            "pair": (78, 0),
        },
    }
)


@dataclass(frozen=True)
class Rules:
    """The rules of one kind of record as they hold now: sign → (weight, least likeness)."""

    kind: str
    values: Mapping[str, tuple[int, int]]

    @cached_property
    def weights(self) -> dict[str, float]:
        """Sign → what it is worth, from 0 to 1; one that is not asked of this kind is worth nothing."""
        known = {sign.key for signs in SIGNS.values() for sign in signs}
        return {key: self.values.get(key, (0, 0))[0] / 100 for key in known}

    @cached_property
    def reckoned(self) -> dict[tuple[int, ...], Any]:
        """What weighing reckoned by these rules: what two records share can only be so and so."""
        return {}

    def least(self, key: str) -> int:
        """The least likeness in percent."""
        return self.values.get(key, (0, 0))[1]

    @cached_property
    def warn(self) -> int:
        """From which score people are told while they type."""
        return self.values["warn"][0]

    @cached_property
    def pair(self) -> int:
        """From which score two records stand on the page of duplicates."""
        return self.values["pair"][0]


def rules_for(kind: str) -> Rules:
    """The rules of a kind: as installed, but for what an administrator changed."""
    changed = {
        rule.key: (rule.weight, rule.least)
        for rule in LikenessRule.objects.filter(kind=kind)
        if rule.key in INSTALLED[kind]
    }
    return Rules(kind, {**INSTALLED[kind], **changed})


def installed_rules(kind: str) -> Rules:
    """The rules as they come installed, whatever the database says."""
    return Rules(kind, INSTALLED[kind])
