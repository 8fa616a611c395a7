"""Customers and leads for the palette: those that fit what was typed, and the customers seen last."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.core.normalise.text import fold
from leadline.core.search import Hit, search
from leadline.customers.models import Contact, Customer
from leadline.leads.models import Lead
from leadline.people.models import User
from leadline.people.scope import reach

MOST = 8


def found_customers(user: User, query: str) -> list[dict[str, Any]]:
    """Customers whose own data or contacts fit; a contact leads to its customer (CUS-6)."""
    hits = search("customer", query, reach(user, "customer"), limit=MOST)
    customers = _visible(user, [hit.id for hit in hits])
    contacts = _contacts_that_fit([hit for hit in hits if hit.id in customers and _is_by_contact(hit)])
    return [
        _item(customers[hit.id], contacts.get(hit.id) or customers[hit.id].email)
        for hit in hits
        if hit.id in customers
    ]


def found_leads(user: User, query: str) -> list[dict[str, Any]]:
    """Leads that fit."""
    hits = search("lead", query, reach(user, "lead"), limit=MOST)
    leads = Lead.objects.visible_to(user).only("name", "email", "phone").in_bulk([hit.id for hit in hits])
    return [
        {
            "title": lead.name,
            "subtitle": lead.email or lead.phone,
            "icon": "target",
            "url": reverse("leads:page", args=[lead.pk]),
        }
        for hit in hits
        if (lead := leads.get(hit.id))
    ]


def recent_customers(user: User, ids: Iterable[int]) -> list[dict[str, Any]]:
    """The customers seen last, as far as they may still be seen."""
    wanted = list(ids)
    customers = _visible(user, wanted)
    return [_item(customers[pk], customers[pk].email) for pk in wanted if pk in customers]


def _visible(user: User, ids: list[int]) -> dict[int, Customer]:
    return Customer.objects.visible_to(user).only("name", "email").in_bulk(ids) if ids else {}


def _is_by_contact(hit: Hit) -> bool:
    return hit.why.startswith("contact")


def _contacts_that_fit(hits: list[Hit]) -> dict[int, str]:
    """Customer → who it was found by, as the name is written: the search knows folded words only."""
    matched = {hit.id: hit.matched_text for hit in hits}
    if not matched:
        return {}
    found = Contact.objects.filter(customer__in=matched, archived_at=None)
    return {
        contact.customer_id: _("Contact: %(who)s") % {"who": contact.name}
        for contact in found.only("customer", "name", "name_key", "email", "phone")
        if matched[contact.customer_id] in (contact.name_key, fold(contact.email), _digits(contact.phone))
    }


def _digits(phone: str) -> str:
    return "".join(filter(str.isdigit, phone))


def _item(customer: Customer, subtitle: str) -> dict[str, Any]:
    address = reverse("customers:page", args=[customer.pk])
    return {"title": customer.name, "subtitle": subtitle, "icon": "building", "url": address}
