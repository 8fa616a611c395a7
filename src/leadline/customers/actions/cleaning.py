"""What cleaning a draft of this app needs to know: defaults of the organisation, and who is who."""

from functools import lru_cache
from typing import Any

from leadline.core.actions import Actor
from leadline.core.fields import Cleaning
from leadline.core.ids import numeric_id
from leadline.core.organisation import organisation
from leadline.customers.models import Customer
from leadline.people.models import Team, Territory, User


def cleaning_for(by: Actor, country: str = "", **forms: Any) -> Cleaning:
    """The context for one action or one file; `forms` tells how dates and numbers were written."""
    home = organisation()
    return Cleaning(
        country=country or home.country,
        zone=home.time_zone,
        find=_finder(by.user),
        user=by.user,
        **forms,
    )


def _finder(user: User) -> Any:
    """Finds users by e-mail, teams by name, customers by name among those the person sees; each once."""

    @lru_cache(maxsize=10_000)
    def find(kind: str, text: str) -> int | None:
        rows: Any
        key = numeric_id(text)
        if kind == "user":
            rows = User.objects.active()
            return _first(rows.filter(email__iexact=text) if key is None else rows.filter(pk=key))
        if kind == "team":
            rows = Team.objects.in_use()
            return _first(rows.filter(name__iexact=text) if key is None else rows.filter(pk=key))
        if kind == "territory":
            rows = Territory.objects.filter(retired_at=None)
            return _first(rows.filter(name__iexact=text) if key is None else rows.filter(pk=key))
        rows = Customer.objects.all() if user.is_system else Customer.objects.visible_to(user)
        return _first(rows.filter(name=text) if key is None else rows.filter(pk=key))

    return find


def _first(rows: Any) -> int | None:
    return rows.order_by("pk").values_list("pk", flat=True).first()
