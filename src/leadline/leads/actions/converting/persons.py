"""The person behind a lead becomes a contact of its customer, with what that person allows (LEA-9, PPL-8)."""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from leadline.core.actions import Actor
from leadline.core.drafts import Draft
from leadline.customers.actions import add_contacts, change_customers, edit_contact, take_consents
from leadline.customers.actions.picking import Done
from leadline.customers.models import Contact, Customer
from leadline.leads.actions.converting.carrying import (
    FILLED,
    OF_BOTH,
    as_contact,
    consents_to_take,
    filling,
    stricter,
)
from leadline.leads.models import Lead


def fill_customers(leads: Sequence[Lead], homes: Mapping[int, int], *, by: Actor) -> None:
    """Customers that are here already get what they lack; what they have stays."""
    known = Customer.objects.in_bulk({homes[lead.pk] for lead in leads})
    for lead in leads:
        customer = known[homes[lead.pk]]
        if given := filling(lead, customer, FILLED):
            change_customers({customer.pk: Draft(lead.pk, given)}, by=by)


def give_contacts(
    leads: Sequence[Lead], homes: Mapping[int, int], done: Done, *, by: Actor
) -> dict[int, int]:
    """Lead → its contact: the one of the same e-mail or phone at the customer, else a new one."""
    contacts = {}
    for lead in leads:
        if (known := _known(lead, homes[lead.pk])) is not None:
            edit_contact(known, **filling(lead, known, OF_BOTH), **stricter(lead, known), by=by)
            contacts[lead.pk] = known.pk
    new = [as_contact(lead, homes[lead.pk], by) for lead in leads if lead.pk not in contacts]
    outcome = add_contacts(new, by=by)
    done.refused |= {refused.row: refused.reason for refused in outcome.refused}
    contacts |= outcome.created
    _take_consents(leads, contacts, by)
    return contacts


def _known(lead: Lead, customer_id: int) -> Contact | None:
    same = Q(pk__in=[])
    if lead.email:
        same |= Q(email=lead.email)
    if lead.phone and not lead.unclear:
        same |= Q(phone=lead.phone)
    rows = Contact.objects.current().filter(same, customer=customer_id).select_related("customer")
    return rows.order_by("-is_primary", "pk").first()


def _take_consents(leads: Sequence[Lead], contacts: Mapping[int, int], by: Actor) -> None:
    found = Contact.objects.in_bulk(list(contacts.values()))
    for lead in leads:
        contact = found.get(contacts.get(lead.pk, 0))
        if contact is not None and (stated := consents_to_take(lead, contact)):
            take_consents(contact, stated, of_kind="lead", of_id=lead.pk, by=by)
