"""Whose row it is: customers that rows of contacts and activities name, found for a whole batch at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.drafts import Draft
from leadline.core.normalise.text import sort_key
from leadline.customers.models import Customer, CustomerQuerySet
from leadline.customers.queries.external_ids import holders_of
from leadline.imports.organisations import Form, Organisation
from leadline.imports.rows import Batch, Rejected
from leadline.people.models import User

ELSEWHERE = ("customer", "customer_email", "customer_external_id")


def link_customers(batch: Batch, user: User, *, alone: bool = False) -> None:
    """Give each draft the id of its customer; those whose customer is not clear are rejected.

    `alone`: rows that name none are let through, because their own key says whose they are. Those that bring
    an organisation, and find none, make it (`taking`).
    """
    found = find_customers(batch.drafts, user)
    linked: list[Draft] = []
    for draft in batch.drafts:
        ids, forms = found.of(draft)
        if len(ids) == 1:
            linked.append(_linked(draft, ids[0]))
        elif not ids and ("organisation" in draft.values or (alone and not forms)):
            linked.append(draft if "organisation" in draft.values else _linked(draft, None))
        else:
            reason = _why_not(draft, ids)
            batch.rejected.append(Rejected(draft.row, batch.cells.pop(draft.row), reason))
    batch.drafts = linked


@dataclass
class Found:
    """By what customers are called → the ids of those that are, in the order they are asked for."""

    by: dict[str, dict[Any, list[int]]] = field(default_factory=dict)

    def of(self, draft: Draft) -> tuple[list[int], tuple[Form, ...]]:
        """Those whom a draft names by the first form that finds any."""
        forms = forms_of(draft)
        return self.of_forms(forms), forms

    def of_forms(self, forms: Iterable[Form]) -> list[int]:
        """The same by the forms themselves."""
        return next((ids for name, value in forms if (ids := self.by[name].get(value, []))), [])


def find_customers(drafts: Sequence[Draft], user: User) -> Found:
    """The customers that drafts name."""
    return find_called((forms_of(draft) for draft in drafts), user)


def find_called(forms: Iterable[Iterable[Form]], user: User) -> Found:
    """A question for each way to call customers in use that the person sees."""
    wanted: dict[str, set[Any]] = {"external_id": set(), "email": set(), "name_key": set(), "pk": set()}
    for some in forms:
        for name, value in some:
            wanted[name].add(value)
    found = Found(
        {name: _known(user, name, values) for name, values in wanted.items() if name != "external_id"}
    )
    found.by["external_id"] = _by_external_id(user, wanted["external_id"])
    return found


def forms_of(draft: Draft) -> tuple[Form, ...]:
    """By what a draft calls its customer, the surest first."""
    values = draft.values
    organisation = values.get("organisation")
    if isinstance(organisation, Organisation):
        return organisation.forms
    forms: list[Form] = [("external_id", pair) for pair in values.get("customer_external_id", ())]
    if email := _email(draft):
        forms.append(("email", email))
    if name := _name(draft):
        forms.append(("name_key", sort_key(name)))
    return tuple(forms)


def _email(draft: Draft) -> str:
    given = str(draft.values.get("customer_email") or "")
    named = str(draft.values.get("customer") or "")
    return (given or (named if "@" in named else "")).strip().lower()


def _name(draft: Draft) -> str:
    return str(draft.values.get("customer") or "").strip()


def _known(user: User, column: str, wanted: Iterable[Any]) -> dict[Any, list[int]]:
    """Value → ids of the customers that have it, the oldest first, among those the person sees."""
    found: dict[Any, list[int]] = defaultdict(list)
    values = list(wanted)
    if values:
        chosen = _seen(user).filter(**{f"{column}__in": values}).order_by("pk").values_list(column, "pk")
        for value, pk in chosen:
            found[value].append(pk)
    return found


def _by_external_id(user: User, pairs: Iterable[tuple[str, str]]) -> dict[Any, list[int]]:
    held = {pair: pk for pair, (pk, in_use) in holders_of("customer", pairs).items() if in_use}
    seen = set(_seen(user).filter(pk__in=held.values()).values_list("pk", flat=True)) if held else set()
    return {pair: [pk] for pair, pk in held.items() if pk in seen}


def _seen(user: User) -> CustomerQuerySet:
    rows: CustomerQuerySet = Customer.objects.current()
    return rows if user.is_system else rows.visible_to(user)


def _linked(draft: Draft, customer: int | None) -> Draft:
    values = {name: value for name, value in draft.values.items() if name not in (*ELSEWHERE, "organisation")}
    return replace(draft, values={**values, "customer": customer} if customer else values)


def _why_not(draft: Draft, found: list[int]) -> str:
    named = str(draft.values.get("customer_email") or "") or _name(draft)
    if not named:
        named = ", ".join(":".join(pair) for pair in draft.values.get("customer_external_id", ()))
    if not named:
        return _("The row names no customer, neither by e-mail nor by name.")
    if found:
        return _("%(count)s customers are called “%(name)s”. Name the customer by e-mail.") % {
            "count": len(found),
            "name": named[:100],
        }
    return _("There is no customer “%(name)s” here. Import the customers first.") % {"name": named[:100]}
