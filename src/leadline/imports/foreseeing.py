"""What would come of drafts, by the same rules as when they are written, with nothing written (CUS-19)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leadline.core.actions import Actor
from leadline.core.changesets import preview
from leadline.core.drafts import Draft, Outcome, Refused
from leadline.customers.actions.matching import (
    contact_identity_of,
    identity_of,
    is_known_everywhere,
)
from leadline.imports.linking import forms_of
from leadline.imports.models import Import
from leadline.imports.parents import Parents, belonging_to, called, names_parents
from leadline.imports.taking import take_patiently, taking
from leadline.leads.actions.matching import identities_of


class Foreseeing:
    """Runs the action and rolls it back; remembers which new records earlier portions would have made."""

    def __init__(self, brought: Import, by: Actor):
        self.brought = brought
        self.take = taking(brought, by)
        self.seen: set[int] = set()
        self.made: set[int] = set()
        self.parents = Parents(brought, by.user, self.take) if names_parents(brought) else None
        self.called: set[int] = set()
        self.hoping: dict[int, tuple[str, tuple[int, ...], Refused]] = {}

    def of(self, drafts: Sequence[Draft]) -> Outcome:
        """The outcome of the next drafts, as if those before them had been written."""
        if self.parents is None:
            return self._of(drafts)
        outcome, waiting = preview(self.parents.taken, drafts)
        refused = {one.row for one in outcome.refused}
        found = self._of([belonging_to(draft, None) for draft in drafts if draft.row not in refused])
        lost = {one.row for one in found.refused}
        self.called |= {hash(form) for draft in drafts if draft.row not in lost for form in called(draft)}
        for draft in waiting:
            if draft.row not in lost:
                forms = tuple(hash(form) for form in self.parents.forms_of(draft))
                self.hoping[draft.row] = (_bucket(found, draft.row), forms, self.parents.given_up(draft))
        found.refused += outcome.refused
        return found

    def hopeless(self) -> list[tuple[str, Refused]]:
        """Rows that were foreseen as created, updated or skipped, whose parent is nowhere in the file."""
        return [
            (bucket, refused)
            for bucket, forms, refused in self.hoping.values()
            if not self.called.intersection(forms)
        ]

    def _of(self, drafts: Sequence[Draft]) -> Outcome:
        if self.brought.on_duplicate == Import.OnDuplicate.CREATE:
            return preview(take_patiently, drafts, self.take)
        again = {draft.row for draft in drafts if hash(self._identity(draft)) in self.seen}
        outcome = preview(take_patiently, [draft for draft in drafts if draft.row not in again], self.take)
        self.seen |= {hash(self._identity(draft)) for draft in drafts if draft.row in outcome.created} - {
            hash(None)
        }
        joined = (
            outcome.updated if self.brought.on_duplicate == Import.OnDuplicate.UPDATE else outcome.skipped
        )
        joined.update(dict.fromkeys(again, 0))
        self._count_once(drafts, outcome)
        return outcome

    def _count_once(self, drafts: Sequence[Draft], outcome: Outcome) -> None:
        """A customer that an earlier portion would have made is not made again by a later one."""
        if not outcome.made:
            return
        forms = {draft.row: {hash(form) for form in forms_of(draft)} for draft in drafts}
        before = {outcome.made[row] for row in outcome.made if forms[row] & self.made}
        self.made |= {form for row in outcome.made for form in forms[row]}
        outcome.made = {row: key for row, key in outcome.made.items() if key not in before}

    def _identity(self, draft: Draft) -> Any:
        if self.brought.kind == Import.Kind.CUSTOMERS:
            return identity_of(draft, self.brought.key)
        if self.brought.kind == Import.Kind.LEADS:
            return next(iter(identities_of(draft)), None)
        values = draft.values
        if self.brought.kind == Import.Kind.CONTACTS:
            identity = contact_identity_of(draft, self.brought.key)
            if identity is None or values.get("customer") or is_known_everywhere(self.brought.key):
                return identity
            return (*forms_of(draft)[-1:], identity[1])
        return (values.get("customer"), values.get("kind"), values.get("title"), values.get("at"))


def _bucket(outcome: Outcome, row: int) -> str:
    """Under which count a row that was taken is told."""
    return "created" if row in outcome.created else "updated" if row in outcome.updated else "skipped"
