"""Customers as rules assign them, when they are handed to a desk: where they lie, who gets them (LEA-10)."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy, ngettext

from leadline.assignment.registry import Assignable, register_assignable
from leadline.core.formats import number
from leadline.customers import actions
from leadline.customers.models import Customer
from leadline.customers.queries.territories import RULED, compiled_rules, placed_by_rules


def owners_now(ids: Iterable[int]) -> Mapping[int, int]:
    """Whose the customers are: who renews with one goes on."""
    return dict(Customer.objects.filter(pk__in=list(ids), owner__isnull=False).values_list("pk", "owner_id"))


def territories_by_rules(ids: Iterable[int]) -> Mapping[int, int]:
    """Where customers lie by the rules of territories."""
    compiled, found = compiled_rules(), dict[int, int]()
    for pk, *values in Customer.objects.filter(pk__in=list(ids)).values_list("pk", *RULED):
        place = placed_by_rules(dict(zip(RULED, values, strict=True)), compiled)
        if place is not None:
            found[pk] = place.pk
    return found


CUSTOMERS = register_assignable(
    Assignable(
        kind="customer",
        label=gettext_lazy("Customers"),
        every=gettext_lazy("All customers"),
        page="customers:page",
        counted=lambda n: ngettext("%(n)s customer", "%(n)s customers", n) % {"n": number(n)},
        deal=actions.deal_customers,
        owns="log",
        since="created_at",
        territories=territories_by_rules,
        owners_known=owners_now,
        records="customers:list",
        given_at="owner_since",
        breakdowns=("country", "desk"),
    )
)
