"""What cleaning a draft of this app needs to know: defaults of the organisation, and who is who."""

from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.fields import Cleaning
from leadline.core.ids import numeric_id
from leadline.core.normalise.text import sort_key
from leadline.core.organisation import organisation
from leadline.core.refusals import RuleBroken
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
    """Finds users, teams, territories, and customers among those the person sees; each is asked for once.

    A name that several have is refused with their number, never guessed (SIG-12)."""

    @lru_cache(maxsize=10_000)
    def find(kind: str, text: str) -> int | None:
        rows: Any
        key = numeric_id(text)
        if kind == "user":
            rows = User.objects.active()
            if key is not None:
                return _first(rows.filter(pk=key))
            return _first(rows.filter(email__iexact=text)) or _only(rows.filter(name__iexact=text), text)
        if kind == "team":
            rows = Team.objects.in_use()
            return _first(rows.filter(name__iexact=text) if key is None else rows.filter(pk=key))
        if kind == "territory":
            rows = Territory.objects.filter(retired_at=None)
            return _first(rows.filter(name__iexact=text) if key is None else rows.filter(pk=key))
        rows = Customer.objects.all() if user.is_system else Customer.objects.visible_to(user)
        return _first(rows.filter(pk=key)) if key is not None else _customer(rows.current(), text)

    return find


def _customer(rows: Any, text: str) -> int | None:
    """A customer by external id (HubSpot:12345), e-mail or name."""
    system, colon, value = text.partition(":")
    if colon and (found := _only(rows.filter(external_ids__system=system, external_ids__value=value), text)):
        return found
    return _only(
        rows.filter(email=text.lower()) if "@" in text else rows.filter(name_key=sort_key(text)), text
    )


def _only(rows: Any, text: str) -> int | None:
    """The one that is called so. Raises `RuleBroken` when several are."""
    found = list(rows.order_by("pk").values_list("pk", flat=True)[:100])
    if len(found) > 1:
        message = _("%(count)s records are called “%(name)s”. Name it by e-mail or id.")
        raise RuleBroken(message % {"count": len(found), "name": text[:100]}, value=text)
    return found[0] if found else None


def _first(rows: Any) -> int | None:
    return rows.order_by("pk").values_list("pk", flat=True).first()
