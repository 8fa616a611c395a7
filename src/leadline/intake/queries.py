"""Who wrote, and what came in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count

from leadline.core.clock import now
from leadline.customers.models import Contact, Customer
from leadline.intake.models import IntakeAddress, Letter
from leadline.leads.models import Lead

COUNTED_DAYS = 30


@dataclass(frozen=True)
class Known:
    """Whose timeline a letter belongs on: a customer, with the contact who wrote, or a lead."""

    lead_id: int | None = None
    customer_id: int | None = None
    contact_id: int | None = None


def known_sender(email: str) -> Known | None:
    """Who is known by an address: the oldest contact of a customer in use, such a customer, else a lead.

    A lead that became a customer brings its letter there, too. Archived and erased ones count for nobody.
    """
    contacts = Contact.objects.current().filter(email=email, customer__archived_at=None)
    contact = contacts.order_by("pk").values_list("pk", "customer_id").first()
    if contact is not None:
        return Known(customer_id=contact[1], contact_id=contact[0])
    customer = Customer.objects.current().filter(email=email).order_by("pk").only("pk").first()
    if customer is not None:
        return Known(customer_id=customer.pk)
    leads = Lead.objects.current().filter(email=email).order_by("pk")
    lead = leads.values_list("pk", "converted_to_id", "converted_contact_id").first()
    return Known(*lead) if lead is not None else None


def addresses_named(emails: Iterable[str]) -> list[IntakeAddress]:
    """The addresses in use among those to which a letter went, in the order of their making."""
    rows = IntakeAddress.objects.current().filter(email__in=list(emails))
    return list(rows.order_by("pk"))


def counts_of(addresses: Sequence[IntakeAddress]) -> dict[int, dict[str, int]]:
    """How many letters of the last thirty days came to what, by address, in one query."""
    since = now() - timedelta(days=COUNTED_DAYS)
    rows = Letter.objects.filter(address__in=addresses, at__gte=since)
    found: dict[int, dict[str, int]] = {address.pk: {} for address in addresses}
    for address_id, state, count in rows.values_list("address_id", "state").annotate(Count("pk")):
        found[address_id][state] = count
    return found
