"""What a verification found."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Progress = Callable[[str, int], None]
MOST_TOLD = 100


@dataclass(frozen=True)
class Broken:
    """One thing that is not as it was: what kind of thing, its id, and what is wrong in words.

    `what` is altered, removed, inserted, reordered, truncated or unknown; `where` a ledger, seals, redactions
    or a kind of business record.
    """

    where: str
    id: int | None
    what: str
    words: str


@dataclass
class Report:
    """The findings, the first ones with their words; `notes` are worth knowing but break nothing."""

    head: str = ""
    entries: int = 0
    records: int = 0
    unsealed: int = 0
    outside: int = 0
    count: int = 0
    broken: list[Broken] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    progress: Progress = lambda what, done: None

    @property
    def ok(self) -> bool:
        """Whether all is as it was."""
        return not self.count

    def found(self, where: str, id: int | None, what: str, words: str) -> None:
        """Add a finding; after a hundred they are only counted."""
        self.count += 1
        if len(self.broken) < MOST_TOLD:
            self.broken.append(Broken(where, id, what, words))

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "ok": self.ok,
            "head": self.head,
            "entries": self.entries,
            "records": self.records,
            "unsealed": self.unsealed,
            "outside": self.outside,
            "broken": self.count,
            "findings": [vars(each) for each in self.broken],
            "notes": self.notes,
        }
