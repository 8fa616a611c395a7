"""Customers that belong to others of the same file, in whatever order the rows stand (CUS-20).

A row whose parent is not here yet waits: first within its portion, then in a file of the job until all rows
were read, then in rounds, each of which finds what the one before has made. What no round finds is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from leadline.core.drafts import Draft, Outcome, Refused
from leadline.core.ids import numeric_id
from leadline.core.jobs import Running
from leadline.core.normalise.text import sort_key
from leadline.core.refusals import RuleBroken
from leadline.customers.queries.external_ids import ExternalIds, external_ids_in, known_systems
from leadline.imports.linking import find_called
from leadline.imports.models import Import
from leadline.imports.organisations import Form
from leadline.imports.reading.tables import Row
from leadline.imports.taking import Take, take_patiently, together
from leadline.people.models import User

NAMED = "parent_named"  # what the row calls its parent, until it is found


def names_parents(brought: Import) -> bool:
    """Whether a column says to whom the customers belong."""
    return brought.kind == Import.Kind.CUSTOMERS and "parent" in brought.columns.values()


class Parents:
    """Finds the parents that drafts name, and takes children after their parents."""

    def __init__(self, brought: Import, user: User, take: Take):
        self.source, self.user, self.take = brought.source, user, take
        self.systems = known_systems()

    def taken(self, drafts: Sequence[Draft]) -> tuple[Outcome, list[Draft]]:
        """What came of those whose parents are here, or among the drafts; the others wait."""
        outcome, left = Outcome(), list(drafts)
        while left:
            ready, waiting = self._split(left, outcome)
            if not ready:
                return outcome, waiting
            outcome = together(outcome, take_patiently(ready, self.take))
            left = waiting
        return outcome, []

    def _split(self, drafts: Sequence[Draft], outcome: Outcome) -> tuple[list[Draft], list[Draft]]:
        forms = {draft.row: self.forms_of(draft) for draft in drafts}
        found = find_called(forms.values(), self.user)
        ready, waiting = [], []
        for draft in drafts:
            ids = found.of_forms(forms[draft.row])
            if not forms[draft.row]:
                ready.append(draft)
            elif set(forms[draft.row]) & set(called(draft)):
                outcome.refused.append(_refused(draft, _("A customer can't belong to itself.")))
            elif len(ids) == 1:
                ready.append(belonging_to(draft, ids[0]))
            elif ids:
                message = _("%(count)s records are called “%(name)s”. Name it by e-mail or id.")
                words = {"count": len(ids), "name": draft.values[NAMED][:100]}
                outcome.refused.append(_refused(draft, message % words))
            else:
                waiting.append(draft)
        return ready, waiting

    def forms_of(self, draft: Draft) -> tuple[Form, ...]:
        """By what a draft calls its parent, the surest first."""
        named = str(draft.values.get(NAMED) or "").strip()
        if not named:
            return ()
        forms: list[Form] = []
        if self.source or ":" in named:
            forms += [("external_id", pair) for pair in self._external_ids(named)]
        if not self.source and (key := numeric_id(named)) is not None:
            forms.append(("pk", key))
        forms.append(("email", named.lower()) if "@" in named else ("name_key", sort_key(named)))
        return tuple(forms)

    def _external_ids(self, named: str) -> ExternalIds:
        try:
            return external_ids_in(named, self.source, self.systems)
        except RuleBroken:
            return ()

    def given_up(self, draft: Draft) -> Refused:
        """The refusal of a row whose parent was found in no round."""
        message = _(
            "There is no customer “%(name)s” to belong to: it is neither here nor among the rows that were"
            " taken, or these rows belong to each other in a circle."
        )
        return _refused(draft, message % {"name": str(draft.values.get(NAMED))[:100]})


def called(draft: Draft) -> tuple[Form, ...]:
    """By what others of the file may call this draft."""
    values = draft.values
    forms: list[Form] = [("external_id", pair) for pair in values.get("external_id", ())]
    if values.get("email"):
        forms.append(("email", values["email"]))
    if values.get("name"):
        forms.append(("name_key", sort_key(values["name"])))
    return tuple(forms)


def belonging_to(draft: Draft, parent: int | None) -> Draft:
    """A draft with the id of its parent in place of the name."""
    values = {name: value for name, value in draft.values.items() if name != NAMED}
    return replace(draft, values={**values, "parent": parent} if parent else values)


def waiting_file(number: int) -> str:
    """The file of the job in which rows wait for a round."""
    return f"waiting-{number}.jsonl"


def lines_of(rows: Iterable[tuple[int, list[str]]]) -> bytes:
    """Rows as they wait."""
    lines = (json.dumps([number, cells], ensure_ascii=False) for number, cells in rows)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")


def waiting_rows(running: Running, number: int) -> Iterator[Row]:
    """The rows that wait for a round."""
    for line in running.lines(waiting_file(number)):
        row, cells = json.loads(line.decode("utf-8", "surrogatepass"))
        yield Row(row, cells)


def _refused(draft: Draft, message: str) -> Refused:
    return Refused(draft.row, (RuleBroken(message, field="parent", value=draft.values.get(NAMED)),))
