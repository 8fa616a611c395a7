"""What would come of drafts, by the same rules as when they are written, with nothing written (CUS-19)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from leadline.core.actions import Actor
from leadline.core.changesets import preview
from leadline.core.drafts import Draft, Outcome
from leadline.customers.actions.matching import Key, identity_of
from leadline.imports.models import Import
from leadline.imports.taking import take_patiently, taking


class Foreseeing:
    """Runs the action and rolls it back; remembers which new records earlier portions would have made."""

    def __init__(self, brought: Import, by: Actor):
        self.brought = brought
        self.take = taking(brought, by)
        self.seen: set[int] = set()

    def of(self, drafts: Sequence[Draft]) -> Outcome:
        """The outcome of the next drafts, as if those before them had been written."""
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
        return outcome

    def _identity(self, draft: Draft) -> Any:
        if self.brought.kind == Import.Kind.CUSTOMERS:
            return identity_of(draft, cast(Key, self.brought.key))
        values = draft.values
        if self.brought.kind == Import.Kind.CONTACTS:
            return (values.get("customer"), values.get("email")) if values.get("email") else None
        return (values.get("customer"), values.get("kind"), values.get("title"), values.get("at"))
