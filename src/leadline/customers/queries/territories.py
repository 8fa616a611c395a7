"""Which territory a customer lies in by the rules, in SQL, in Python and in words (PPL-3).

The first territory in order whose rules a customer fits holds it. One without rules takes nobody in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from leadline.core.conditions import Condition, Context, parse
from leadline.core.conditions.tree import Group, Not, Part, Question
from leadline.core.fields import Catalogue
from leadline.core.lists.scope import Sql
from leadline.core.refusals import RuleBroken
from leadline.customers.fields.customer import CUSTOMER
from leadline.customers.models import Customer
from leadline.people.models import Territory, User
from leadline.people.queries import name_of, territories_in_order

# What rules may ask about: where a customer is, and what. Column and field have one name.
RULED = ("country", "region", "city", "postcode", "industry", "employees", "kind")


@dataclass(frozen=True)
class Why:
    """Its rules in words, or that it was chosen by hand; `by_rules` is where they would put the customer."""

    territory: Territory
    by_hand: bool
    rules: str
    by_rules: Territory | None


@dataclass(frozen=True)
class Line:
    """A territory in the list: its rules in words, its members, how many customers."""

    territory: Territory
    rules: str
    members: list[User]
    customers: int


@cache
def ruled_catalogue() -> Catalogue:
    """The fields of a customer that rules may ask about, and those that a list of such customers shows."""
    shown = ("id", "name", "email", "status", "owner", "territory")
    fields = tuple(
        item if item.name in RULED else replace(item, filterable=False)
        for item in CUSTOMER.fields
        if item.name in (*RULED, *shown)
    )
    return replace(
        CUSTOMER, fields=fields, custom="", links=(), default_columns=("name", "country", "city", "industry")
    )


def rules_of(given: Any) -> Condition:
    """Rules as they were given, understood. Raises `RuleBroken` naming `rules`."""
    try:
        rules = parse(given, ruled_catalogue())
        if not _asks_fields_alone(rules.root):
            raise RuleBroken(_("The rules of a territory ask where a customer is, and what."))
        return rules
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field="rules", value=refusal.value) from None


def rules_in_words(territory: Territory) -> str:
    """The rules as a sentence; empty when there are none."""
    rules = _understood(territory)
    return rules.sentence(name_of) if rules else ""


def compiled_rules() -> list[tuple[Territory, Condition]]:
    """The territories in order, each with its rules; those without rules are left out."""
    read = ((territory, _understood(territory)) for territory in territories_in_order())
    return [(territory, rules) for territory, rules in read if rules is not None]


def placing_sql(compiled: list[tuple[Territory, Condition]] | None = None) -> Sql:
    """SQL of the territory's id by the rules, over the table of customers; first match wins."""
    branches, params = [], []
    for territory, rules in compiled_rules() if compiled is None else compiled:
        sql, values = rules.sql(Context())
        branches.append(f"WHEN {sql} THEN {territory.pk}")
        params += values
    return (f"(CASE {' '.join(branches)} END)::bigint" if branches else "NULL::bigint"), params


def placed_by_rules(
    record: Mapping[str, Any], compiled: list[tuple[Territory, Condition]] | None = None
) -> Territory | None:
    """The same for one record by field names, in Python."""
    known = compiled_rules() if compiled is None else compiled
    return next((territory for territory, rules in known if rules.matches(record, Context())), None)


def why_in_territory(customer: Customer) -> Why | None:
    """Why a customer is in its territory; None when it is in none."""
    if customer.territory is None:
        return None
    by_rules = placed_by_rules({name: getattr(customer, name) for name in RULED})
    return Why(customer.territory, customer.territory_by_hand, rules_in_words(customer.territory), by_rules)


def territory_lines(user: User) -> list[Line]:
    """The territories in order, with the customers that this person sees in each (ALL-3)."""
    counted = Customer.objects.visible_to(user).current().exclude(territory=None)
    customers = dict(counted.values_list("territory").annotate(Count("pk")).order_by())
    found = territories_in_order().prefetch_related("members")
    return [
        Line(each, rules_in_words(each), list(each.members.all()), customers.get(each.pk, 0))
        for each in found
    ]


def _asks_fields_alone(part: Part) -> bool:
    """Whether it asks nothing of changes or linked records, which change without the customer."""
    if isinstance(part, Group):
        return all(_asks_fields_alone(each) for each in part.parts)
    return _asks_fields_alone(part.part) if isinstance(part, Not) else isinstance(part, Question)


def _understood(territory: Territory) -> Condition | None:
    """The rules; None for none, and for those that this version can't read (they take nobody in)."""
    try:
        rules = rules_of(territory.rules)
    except RuleBroken:
        return None
    return None if rules.is_everything else rules
