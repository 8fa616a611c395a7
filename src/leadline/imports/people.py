"""Persons with their organisations: both parts of a row are taken together, or neither (CUS-20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from leadline.core.actions import Actor
from leadline.core.drafts import Draft, OnDuplicate, Outcome, Refused, missing_fields
from leadline.core.fields import catalogue
from leadline.customers.actions.adding import add_customers
from leadline.customers.actions.contacts import add_contacts
from leadline.customers.actions.matching import Key
from leadline.imports.linking import find_customers
from leadline.imports.organisations import Form, Organisation, of_the_customer


def take_people(drafts: Sequence[Draft], *, on_duplicate: OnDuplicate, key: Key, by: Actor) -> Outcome:
    """Add contacts with the customers that are not here yet.

    A customer that only refused rows would have brought is not made: then all is taken back and tried again
    without these rows, which are told."""
    left, refused = list(drafts), list[Refused]()
    while True:
        with transaction.atomic():
            outcome, fruitless = _taken(left, on_duplicate, key, by)
            if fruitless:
                transaction.set_rollback(True)
        if not fruitless:
            outcome.refused += refused
            return outcome
        refused += [one for one in outcome.refused if one.row in fruitless]
        left = [draft for draft in left if draft.row not in fruitless]


@dataclass
class _Making:
    """The customers to be made, each once, whatever the rows call it."""

    new: list[Draft] = field(default_factory=list)
    known: dict[Form, int] = field(default_factory=dict)  # form → place in `new`
    rows: dict[int, int] = field(default_factory=dict)  # row → place in `new`

    def add(self, row: int, organisation: Organisation) -> None:
        """Join the customer of an earlier row that is called the same, or be a new one."""
        place = next((self.known[form] for form in organisation.forms if form in self.known), None)
        if place is None:
            place = len(self.new)
            self.new.append(replace(organisation.draft, row=place))
        for form in organisation.forms:
            self.known.setdefault(form, place)
        self.rows[row] = place


def _taken(
    drafts: Sequence[Draft], on_duplicate: OnDuplicate, key: Key, by: Actor
) -> tuple[Outcome, set[int]]:
    """What came of the drafts, and the refused rows whose new customer nobody else wanted."""
    making, linked = _making(drafts, by)
    made = add_customers(making.new, on_duplicate="create", by=by) if making.new else Outcome()
    why_not = {one.row: one.broken for one in made.refused}
    people, refused = list(linked), []
    for draft in drafts:
        if draft.row not in making.rows:
            continue
        place = making.rows[draft.row]
        if place in why_not:
            own = missing_fields(catalogue("contact"), _at(draft, 0), by.user)
            broken = [rule for rule in own if rule.field != "customer"] or map(
                of_the_customer, why_not[place]
            )
            refused.append(Refused(draft.row, tuple(broken)))
        else:
            people.append(_at(draft, made.created[place]))
    outcome = add_contacts(sorted(people, key=lambda one: one.row), on_duplicate=on_duplicate, key=key, by=by)
    lost = {one.row for one in outcome.refused}
    kept = {place for row, place in making.rows.items() if row not in lost and place not in why_not}
    fruitless = {row for row in lost if row in making.rows and making.rows[row] not in kept}
    outcome.made = {
        row: made.created[place] for row, place in making.rows.items() if place in kept and row not in lost
    }
    outcome.refused += refused
    return outcome, fruitless


def _making(drafts: Sequence[Draft], by: Actor) -> tuple[_Making, list[Draft]]:
    """The customers to make, and the drafts whose customer is here by now."""
    making, linked = _Making(), []
    waiting = [draft for draft in drafts if "organisation" in draft.values]
    found = find_customers(waiting, by.user)
    for draft in drafts:
        organisation = draft.values.get("organisation")
        if not isinstance(organisation, Organisation):
            linked.append(draft)
        elif ids := found.of(draft)[0]:
            linked.append(_at(draft, ids[0]))
        else:
            making.add(draft.row, organisation)
    return making, linked


def _at(draft: Draft, customer: int) -> Draft:
    elsewhere = ("organisation", "customer_email", "customer_external_id")
    values = {name: value for name, value in draft.values.items() if name not in elsewhere}
    return replace(draft, values={**values, "customer": customer})
