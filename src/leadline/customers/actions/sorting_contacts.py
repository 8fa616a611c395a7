"""Which drafts make a new contact, which join one, and which are refused (CUS-20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.drafts import Draft, OnDuplicate, Outcome, Refused, joined, missing_fields
from leadline.core.fields import catalogue
from leadline.core.refusals import RuleBroken
from leadline.customers.actions.external_ids import Claims, with_external_ids
from leadline.customers.actions.matching import (
    Key,
    Known,
    contact_identity_of,
    follow_contacts,
    known_contacts,
)
from leadline.customers.actions.picking import Done, pick


def sorted_contacts(drafts: Sequence[Draft], on_duplicate: OnDuplicate, key: Key, by: Actor) -> Sorting:
    """All drafts, decided about; their customers are locked."""
    known = known_contacts(drafts, key, on_duplicate)
    named = {draft.values["customer"] for draft in drafts if draft.values.get("customer")}
    wanted = named | set(known.customers.values())
    picked, done = pick(wanted, "edit", by=by)
    follow_contacts(known, key, wanted)
    allowed = {candidate.id for candidate in picked}
    sorting = Sorting(on_duplicate, key, known, Claims("contact", drafts), allowed, done, by)
    for draft in drafts:
        sorting.take(draft)
    return sorting


class Sorting:
    """Decides about one draft after the other, knowing those before it."""

    def __init__(
        self,
        on_duplicate: OnDuplicate,
        key: Key,
        known: Known,
        claims: Claims,
        allowed: set[int],
        done: Done,
        by: Actor,
    ):
        self.on_duplicate, self.key, self.known, self.claims = on_duplicate, key, known, claims
        self.allowed, self.done, self.by = allowed, done, by
        self.outcome = Outcome()
        self.new: dict[Any, Draft] = {}
        self.changes: dict[int, Draft] = {}
        self.joining: list[tuple[int, Any]] = []

    def take(self, draft: Draft) -> None:
        """Decide about a draft."""
        matching = self.on_duplicate != "create" or self.key == "id"
        identity = contact_identity_of(draft, self.key) if matching else None
        known = self.known.ids.get(identity) if identity is not None else None
        whose = identity if identity is not None else ("row", draft.row)
        if broken := self._why_not(draft, identity, known):
            self.outcome.refused.append(Refused(draft.row, broken))
        elif known is not None and self.on_duplicate == "skip":
            self.outcome.skipped[draft.row] = known
        elif broken := self.claims.broken_by(draft, known if known is not None else whose):
            self.outcome.refused.append(Refused(draft.row, broken))
        elif known is not None:
            if identity in self.known.merged:  # says who is meant, and is not what the survivor is to have
                draft = replace(draft, values={k: v for k, v in draft.values.items() if k != self.key})
            before = self.changes.get(known)
            self.changes[known] = with_external_ids(joined(before, draft), before) if before else draft
            self.outcome.updated[draft.row] = known
        elif whose in self.new:
            if self.on_duplicate == "update":
                self.new[whose] = with_external_ids(joined(self.new[whose], draft), self.new[whose])
            self.joining.append((draft.row, whose))
        else:
            self.new[whose] = draft

    def _why_not(self, draft: Draft, identity: Any, known: int | None) -> tuple[RuleBroken, ...]:
        given = draft.values.get("customer")
        if known is None:
            if self.key == "id" and identity is not None:
                return (RuleBroken(_("There is no contact with this id."), field="id", value=identity),)
            return missing_fields(catalogue("contact"), draft, self.by.user) or self._not_allowed(given)
        at = self.known.customers.get(known)
        if (forbidden := self._not_allowed(at)) or self.on_duplicate == "skip":
            return forbidden
        if given and given != at:
            words = _("This contact belongs to another customer. Move it there first.")
            return (RuleBroken(words, field="customer", value=given),)
        return self.known.unclear(identity, self.key, "contact")

    def _not_allowed(self, customer: int | None) -> tuple[RuleBroken, ...]:
        if customer in self.allowed:
            return ()
        return (RuleBroken(self.done.refused.get(customer or 0, ""), field="customer"),)
