"""Gathering: each holder is asked, in the order in which people read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadline.core.clock import now
from leadline.core.organisation import organisation
from leadline.core.privacy import Person, Section, holders, kinds_of_persons

FIRST = ("customers.customers", "customers.contacts", "people.users")


@dataclass(frozen=True)
class Report:
    """What is held about a person; sections by the name of their holder, each with a label."""

    person: Person
    kind: str
    organisation: str
    at: datetime
    sections: dict[str, tuple[str, Section]]

    @property
    def counts(self) -> dict[str, int]:
        """How many things each holder has."""
        return {label: len(rows) for label, rows in self.sections.values()}

    def as_json(self) -> dict[str, Any]:
        """The report for a program."""
        return {
            "about": {"kind": self.person.kind, "id": self.person.id, "name": self.person.name},
            "made_by": self.organisation,
            "made_at": self.at,
            "held": {name: rows for name, (_label, rows) in self.sections.items()},
        }


def gathered(person: Person) -> Report:
    """Ask every holder; an answer of none stands in the report too."""
    found = {holder.name: (str(holder.label), holder.held(person)) for holder in holders() if holder.held}
    ordered = {name: found.pop(name) for name in FIRST if name in found}
    kind = str(kinds_of_persons()[person.kind])
    return Report(person, kind, organisation().name, now(), {**ordered, **found})
