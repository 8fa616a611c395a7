"""Customers for the palette: those that fit what was typed, and those seen or changed last."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from leadline.core.normalise.text import fold
from leadline.customers.models import Customer
from leadline.people.models import User

MOST = 8


def found_customers(user: User, query: str) -> list[dict[str, Any]]:
    """Customers whose name or e-mail fits."""
    fits = Q(name_key__contains=fold(query)) | Q(email__startswith=query.casefold())
    return _items(Customer.objects.visible_to(user).current().filter(fits).order_by("name_key")[:MOST])


def recent_customers(user: User) -> list[dict[str, Any]]:
    """The customers of a person that changed last."""
    return _items(Customer.objects.visible_to(user).current().order_by("-id")[:MOST])


def _items(customers: Any) -> list[dict[str, Any]]:
    return [
        {
            "title": customer.name,
            "subtitle": customer.email,
            "icon": "building",
            "url": reverse("customers:page", args=[customer.pk]),
        }
        for customer in customers
    ]
