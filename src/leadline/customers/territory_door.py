"""The filter dialogs of the list of customers, lent to the rules of a territory."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from leadline.core.fields import Catalogue
from leadline.core.lists.addresses import where_word
from leadline.core.lists.door import Door, address_of
from leadline.core.lists.scope import Scope
from leadline.customers.queries.territories import ruled_catalogue
from leadline.people.models import Territory
from leadline.people.queries import name_of
from leadline.people.scope import reach


@dataclass(frozen=True)
class RulesDoor(Door):
    """Customers that fit rules while these are made: each state of the rules has its own address."""

    territory: int = 0

    @cached_property
    def about(self) -> Catalogue:
        """What rules may ask about."""
        return ruled_catalogue()

    def url(self, name: str, *args: Any) -> str:
        """One of the addresses of this territory's rules."""
        return address_of(f"territories:{ {'list': 'rules'}.get(name, name) }", self.territory, *args)


def rules_door(territory: Territory) -> RulesDoor:
    """The door of one territory's rules, which opens with those it has. Its kind has no saved views."""
    return RulesDoor(
        kind="territory_rules",
        space="territories",
        reach=_customers,
        naming=name_of,
        beside=("name",),
        territory=territory.pk,
        opens_with=where_word(territory.rules),
    )


def _customers(user: Any, kind: str, verb: str = "view") -> Scope:
    return reach(user, "customer", verb)
