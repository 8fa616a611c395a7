"""Who waited for a customer is linked when that customer, or a contact of it, appears (PLT-3).

What customers use follows whose users are linked to them, and what capabilities count (PLT-7).
"""

from __future__ import annotations

from leadline.core.actions import Actor
from leadline.core.events import on
from leadline.customers.events import (
    ContactChanged,
    ContactsAdded,
    CustomersAdded,
    CustomersArchived,
    CustomersChanged,
    CustomersMerged,
    CustomersRestored,
)
from leadline.plans.events import CapabilityChanged
from leadline.platform.actions import link_those_waiting_for, measure_all, measure_customers
from leadline.platform.events import PlatformUsersLinked

MATTERING = {"email", "external_id"}


@on(CustomersAdded)
def link_to_new_customers(event: CustomersAdded, *, by: Actor) -> None:
    """Customers came in."""
    link_those_waiting_for(event.ids_of("customer"), by=by)


@on(CustomersChanged)
def link_to_changed_customers(event: CustomersChanged, *, by: Actor) -> None:
    """An address or an external id may be another now."""
    if MATTERING & set(event.fields):
        link_those_waiting_for(event.ids_of("customer"), by=by)


@on(CustomersRestored)
def link_to_restored_customers(event: CustomersRestored, *, by: Actor) -> None:
    """They count again."""
    link_those_waiting_for(event.ids_of("customer"), by=by)
    measure_customers(event.ids_of("customer"), by=by)


@on(CustomersMerged)
def link_to_merged_customers(event: CustomersMerged, *, by: Actor) -> None:
    """Where two fitted, one is left; what was used of both is its own now."""
    link_those_waiting_for([event.survivor_id], by=by)
    measure_customers([event.survivor_id, *event.merged_ids], by=by)


@on(ContactsAdded)
def link_to_new_contacts(event: ContactsAdded, *, by: Actor) -> None:
    """People were added to customers."""
    link_those_waiting_for(event.ids_of("customer"), by=by)


@on(ContactChanged)
def link_to_changed_contacts(event: ContactChanged, *, by: Actor) -> None:
    """A contact has another address, came back, or moved."""
    link_those_waiting_for(event.ids_of("customer"), by=by)


@on(CustomersArchived)
def leave_out_archived_customers(event: CustomersArchived, *, by: Actor) -> None:
    """What they use counts no more."""
    measure_customers(event.ids_of("customer"), by=by)


@on(PlatformUsersLinked)
def count_usage_for_their_customers(event: PlatformUsersLinked, *, by: Actor) -> None:
    """What somebody used before being linked counts for the customer."""
    measure_customers(event.ids_of("customer"), by=by)


@on(CapabilityChanged)
def measure_by_another_limit(event: CapabilityChanged, *, by: Actor) -> None:
    """Usage stands against another limit now, or counts in another way."""
    if event.counts_otherwise:
        measure_all(by=by)
