"""Who might be here already: told before a customer is added twice (CUS-3)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from leadline.core.normalise.text import fold
from leadline.core.search import search_ids
from leadline.customers.models import Customer
from leadline.people.models import User
from leadline.people.scope import Reach, reach

ALIKE_FROM = 88  # percent; below, two names are rather two customers
CANDIDATES = 30


@dataclass(frozen=True)
class Likeness:
    """A customer that may be the same, and why. One out of sight is told without its name."""

    customer: Customer
    reasons: list[str]
    is_visible: bool


def likely_duplicates(
    user: User, *, name: str, email: str, phone: str, city: str = "", limit: int = 5
) -> list[Likeness]:
    """Customers with the same e-mail or phone, or with a name that is nearly the same; the surest first."""
    same = Q()
    if email:
        same |= Q(email=email)
    if phone:
        same |= Q(phone=phone)
    found: dict[int, Customer] = {}
    if same:
        found = {row.pk: row for row in Customer.objects.current().filter(same).order_by("pk")[:CANDIDATES]}
    alike = search_ids("customer", name, Reach(everything=True))[:CANDIDATES] if name.strip() else []
    for row in Customer.objects.current().filter(pk__in=alike):
        found.setdefault(row.pk, row)
    within = reach(user, "customer", "view")
    told = [
        Likeness(row, reasons, within.covers(row.owner_id, row.team_id, row.territory_id))
        for row in found.values()
        if (reasons := _reasons(row, name, email, phone, city))
    ]
    return sorted(told, key=lambda likeness: -len(likeness.reasons))[:limit]


def _reasons(row: Customer, name: str, email: str, phone: str, city: str) -> list[str]:
    reasons: list[Any] = []
    if email and row.email == email:
        reasons.append(_("same e-mail"))
    if phone and row.phone == phone:
        reasons.append(_("same phone"))
    alike = round(fuzz.token_sort_ratio(fold(name), fold(row.name)))
    if alike >= ALIKE_FROM:
        near = city and fold(city) == fold(row.city)
        words = _("name %(percent)s %% alike, same city") if near else _("name %(percent)s %% alike")
        reasons.append(words % {"percent": alike})
    return reasons
