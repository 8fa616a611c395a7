"""Customers for the palette: those that fit what was typed, and those seen last."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.core.search import Hit, search
from leadline.customers.models import Customer
from leadline.people.models import User
from leadline.people.scope import reach

MOST = 8


def found_customers(user: User, query: str) -> list[dict[str, Any]]:
    """Customers whose own data or contacts fit; a contact leads to its customer (CUS-6)."""
    hits = search("customer", query, reach(user, "customer"), limit=MOST)
    customers = _visible(user, [hit.id for hit in hits])
    return [_item(customers[hit.id], _why(hit, customers[hit.id])) for hit in hits if hit.id in customers]


def recent_customers(user: User, ids: Iterable[int]) -> list[dict[str, Any]]:
    """The customers seen last, as far as they may still be seen."""
    wanted = list(ids)
    customers = _visible(user, wanted)
    return [_item(customers[pk], customers[pk].email) for pk in wanted if pk in customers]


def _visible(user: User, ids: list[int]) -> dict[int, Customer]:
    return Customer.objects.visible_to(user).only("name", "email").in_bulk(ids) if ids else {}


def _why(hit: Hit, customer: Customer) -> str:
    """What fits beside the name: for a contact, who it is."""
    if hit.why.startswith("contact"):
        return _("Contact: %(who)s") % {"who": hit.matched_text}
    return customer.email


def _item(customer: Customer, subtitle: str) -> dict[str, Any]:
    address = reverse("customers:page", args=[customer.pk])
    return {"title": customer.name, "subtitle": subtitle, "icon": "building", "url": address}
