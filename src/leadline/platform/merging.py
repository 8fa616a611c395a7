"""Users of the platform go along when customers become one, and so what was used (CUS-23, PLT-7)."""

from __future__ import annotations

from django.utils.translation import ngettext_lazy

from leadline.core.actions import Actor
from leadline.core.changesets import after_undo
from leadline.core.merging import Attached, register_attached
from leadline.platform.actions import measure_customers
from leadline.platform.queries.usage import customers_of_users

USERS = ngettext_lazy("%(n)s user of the platform", "%(n)s users of the platform", "n")

register_attached(Attached("customer", "platform.PlatformUser", "customer_id", USERS))
register_attached(
    Attached(
        "customer",
        "platform.FeatureUse",
        "customer_id",
        stays="measured anew from the users, who move",
    )
)


@after_undo("platform_user")
def count_for_those_they_are_now(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """Users belong to their former customers again: both are measured."""
    measure_customers(customers_of_users(ids), by=by)


@after_undo("customer")
def count_those_who_came_back(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """Customers are archived no more, or again."""
    if "archived_at" in columns:
        measure_customers(ids, by=by)
