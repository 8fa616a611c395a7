"""What makes a customer record good, each as a condition over the catalogue (CUS-24).

The figure, the list of those that lack it, the API and the definition in words all come from here. A measure
counts the customers in use that fulfil `good`; `fix` says how the others are mended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RECENT_DAYS = 90


@dataclass(frozen=True, eq=False)
class Measure:
    """One thing that is asked of every customer."""

    key: str
    label: str | Promise
    definition: str | Promise
    good: dict[str, Any]
    fix: str | Promise

    @property
    def lacking(self) -> dict[str, Any]:
        """The condition of those that lack it, as a list takes it."""
        return {"not": self.good}


def _given(field: str) -> dict[str, Any]:
    return {"field": field, "op": "is_not_empty"}


def _understood(field: str) -> dict[str, Any]:
    return {"and": [_given(field), {"field": "unclear", "op": "has_none", "value": [field]}]}


MEASURES: tuple[Measure, ...] = (
    Measure(
        "email",
        _("Valid e-mail"),
        _("An e-mail address that is written as one, and not the stand-in of an erased person."),
        {"and": [_understood("email"), {"not": {"field": "email", "op": "ends_with", "value": ".invalid"}}]},
        _("Open the customer and correct the e-mail, or import a file that updates it."),
    ),
    Measure(
        "phone",
        _("Valid phone"),
        _("A phone number that was understood; one kept as it was typed does not count."),
        _understood("phone"),
        _("Open the customer and correct the phone, or import a file that updates it."),
    ),
    Measure(
        "owner",
        _("Owner"),
        _("Somebody is responsible for the customer."),
        _given("owner"),
        _("Select all in the list and choose “Assign”."),
    ),
    Measure(
        "industry",
        _("Industry"),
        _("The industry is given."),
        _given("industry"),
        _("Select all in the list and choose “Change a field”."),
    ),
    Measure(
        "country",
        _("Country"),
        _("The country is given."),
        _given("country"),
        _("Select all in the list and choose “Change a field”."),
    ),
    Measure(
        "interaction",
        _("Recent interaction"),
        _("A call, e-mail, meeting or chat within the last 90 days."),
        {"field": "last_interaction_at", "op": "in_last", "value": RECENT_DAYS, "unit": "days"},
        _("Call them, or select all and change the status."),
    ),
    Measure(
        "primary_contact",
        _("Primary contact"),
        _("A person whom to write to first."),
        {
            "count": "contacts",
            "where": {"field": "is_primary", "op": "is_true"},
            "op": "at_least",
            "value": 1,
        },
        _("Open the customer and add a contact, or import contacts."),
    ),
)
