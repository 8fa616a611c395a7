"""Who waited for a customer is linked when that customer, or a contact of it, appears (PLT-3)."""

from __future__ import annotations

from leadline.core.actions import Actor
from leadline.core.events import on
from leadline.customers.events import (
    ContactChanged,
    ContactsAdded,
    CustomersAdded,
    CustomersChanged,
    CustomersMerged,
    CustomersRestored,
)
from leadline.platform.actions import link_those_waiting_for

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


@on(CustomersMerged)
def link_to_merged_customers(event: CustomersMerged, *, by: Actor) -> None:
    """Where two fitted, one is left."""
    link_those_waiting_for([event.survivor_id], by=by)


@on(ContactsAdded)
def link_to_new_contacts(event: ContactsAdded, *, by: Actor) -> None:
    """People were added to customers."""
    link_those_waiting_for(event.ids_of("customer"), by=by)


@on(ContactChanged)
def link_to_changed_contacts(event: ContactChanged, *, by: Actor) -> None:
    """A contact has another address, came back, or moved."""
    link_those_waiting_for(event.ids_of("customer"), by=by)
