"""Whose row it is: customers that rows of contacts and activities name, found for a whole batch at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from leadline.core.drafts import Draft
from leadline.core.normalise.text import sort_key
from leadline.customers.models import Customer, CustomerQuerySet
from leadline.imports.rows import Batch, Rejected
from leadline.people.models import User


def link_customers(batch: Batch, user: User) -> None:
    """Give each draft the id of its customer, by e-mail or name; those whose customer is not clear are
    rejected."""
    emails = {address for draft in batch.drafts if (address := _email(draft))}
    names = {sort_key(name) for draft in batch.drafts if (name := _name(draft))}
    by_email, by_name = _known(user, "email", emails), _known(user, "name_key", names)
    linked: list[Draft] = []
    for draft in batch.drafts:
        found = by_email.get(_email(draft), []) or by_name.get(sort_key(_name(draft)), [])
        if len(found) == 1 or (found and _email(draft) in by_email):
            linked.append(_linked(draft, found[0]))
        else:
            reason = _why_not(draft, found)
            batch.rejected.append(Rejected(draft.row, batch.cells.pop(draft.row), reason))
    batch.drafts = linked


def _email(draft: Draft) -> str:
    given = str(draft.values.get("customer_email") or "")
    named = str(draft.values.get("customer") or "")
    return (given or (named if "@" in named else "")).strip().lower()


def _name(draft: Draft) -> str:
    return str(draft.values.get("customer") or "").strip()


def _known(user: User, column: str, wanted: Iterable[str]) -> dict[str, list[int]]:
    """Value → ids of the customers that have it, the oldest first, among those the person sees."""
    rows: CustomerQuerySet = Customer.objects.current()
    if not user.is_system:
        rows = rows.visible_to(user)
    found: dict[str, list[int]] = defaultdict(list)
    chosen = rows.filter(**{f"{column}__in": list(wanted)}).order_by("pk").values_list(column, "pk")
    for value, pk in chosen:
        found[value].append(pk)
    return found


def _linked(draft: Draft, customer: int) -> Draft:
    values = {name: value for name, value in draft.values.items() if name != "customer_email"}
    return replace(draft, values={**values, "customer": customer})


def _why_not(draft: Draft, found: list[int]) -> str:
    named = str(draft.values.get("customer_email") or "") or _name(draft)
    if not named:
        return _("The row names no customer, neither by e-mail nor by name.")
    if found:
        return _("%(count)s customers are called “%(name)s”. Name the customer by e-mail.") % {
            "count": len(found),
            "name": named[:100],
        }
    return _("There is no customer “%(name)s” here. Import the customers first.") % {"name": named[:100]}
