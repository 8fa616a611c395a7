"""The customer that a row of contacts tells of beside its person: made where it is not here yet (CUS-20)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.drafts import Draft, Remembered, clean_draft
from leadline.core.fields import catalogue
from leadline.core.normalise.text import sort_key
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.customers.actions.cleaning import cleaning_for
from leadline.customers.models import Customer
from leadline.imports.importables import OF_CUSTOMER
from leadline.imports.models import Import

Form = tuple[str, Any]  # by what it is called: ("name", …), ("email", …), ("external_id", (system, value))


@dataclass(frozen=True, slots=True)
class Organisation:
    """A customer to be, and all by which other rows may name the same."""

    draft: Draft
    forms: tuple[Form, ...]


class Organisations:
    """Makes drafts of customers of the parts of a contact's row."""

    def __init__(self, brought: Import, by: Actor):
        self.catalogue = catalogue("customer")
        self.context = cleaning_for(by)
        self.remembered = Remembered()
        self.meant = {
            brought.columns[int(place)].removeprefix("customer_"): {
                word.casefold(): choice for word, choice in meant.items()
            }
            for place, meant in brought.values.items()
            if int(place) in brought.columns
        }

    def of(self, person: Draft, parts: Mapping[str, str], found: Mapping[str, Any]) -> Organisation:
        """The customer of a row. Who names none is a customer alone: an individual with the own name.

        A new customer without an e-mail takes the person's. Raises `RulesBroken` naming the customer."""
        given: dict[str, Any] = {
            name: self._meant(name, parts[f"customer_{name}"])
            for name in OF_CUSTOMER
            if parts.get(f"customer_{name}")
        }
        named = parts.get("customer", "")
        given["name"] = "" if "@" in named else named
        given["email"] = parts.get("customer_email") or (named if "@" in named else "")
        if not given["name"]:
            self._alone(given, person)
        try:
            draft = clean_draft(
                self.catalogue, given, self.context, row=person.row, remembered=self.remembered
            )
        except RulesBroken as broken:
            raise RulesBroken([of_the_customer(rule) for rule in broken.broken]) from None
        own = draft.values.get("email")
        values = {**draft.values, "email": own or person.values.get("email")}
        if found.get("customer_external_id"):
            values["external_id"] = found["customer_external_id"]
        return Organisation(
            Draft(draft.row, values, draft.unclear), _forms(values, own, given["name"] if named else "")
        )

    def _meant(self, name: str, cell: str) -> str:
        return self.meant.get(name, {}).get(cell.casefold(), cell)

    @staticmethod
    def _alone(given: dict[str, Any], person: Draft) -> None:
        given["name"] = person.values.get("name", "")
        if not given["email"]:
            given["kind"] = Customer.Kind.INDIVIDUAL.value
            given["email"] = person.values.get("email", "")
            given.setdefault("phone", person.values.get("phone", ""))


def of_the_customer(rule: RuleBroken) -> RuleBroken:
    """A refusal that tells which part of the row it is about."""
    return RuleBroken(
        _("Customer: %(reason)s") % {"reason": rule.message}, field="customer", value=rule.value
    )


def _forms(values: Mapping[str, Any], email: str | None, name: str) -> tuple[Form, ...]:
    forms: list[Form] = [("external_id", pair) for pair in values.get("external_id", ())]
    if email:
        forms.append(("email", email))
    if name:
        forms.append(("name_key", sort_key(name)))
    return tuple(forms)
