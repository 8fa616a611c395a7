"""What an occasion is, and one thing that happened on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leadline.core.fields import Catalogue
from leadline.core.fields.field import Text

RECORDS = ("lead", "customer")


@dataclass(frozen=True)
class Place:
    """Something a text may name in braces: what it says, from what a field holds."""

    name: str
    label: Text
    source: str  # the field it is read from
    words: Callable[[Any], str]


@dataclass(frozen=True)
class Occasion:
    """A kind of thing that starts a rule.

    `event` is the name in the ledger under which it is told. `about` are the fields of what happened, as
    conditions and texts know them; none where nothing but the record is known. `kind` is the kind of subject
    that the event names, `only` SQL of which of them count. `person` says that the record is found behind a
    user of the platform, `names_both` that the event names the lead or customer itself; otherwise the
    subjects are the records themselves. `places` may stand in texts beside the fields.
    """

    key: str
    label: Text
    group: Text
    event: str
    kind: str
    about: Catalogue | None = None
    only: str = "TRUE"
    person: bool = False
    names_both: bool = False
    places: tuple[Place, ...] = ()
    waits_for: str = ""  # the kind of event of the platform, which is told only while somebody waits

    @property
    def records(self) -> tuple[str, ...]:
        """On which kinds of records a rule can act."""
        return RECORDS if self.takes_whoever else (self.kind,)

    @property
    def takes_whoever(self) -> bool:
        """Whether it is about the customer, else the lead, whichever is known."""
        return self.person or self.names_both


@dataclass(frozen=True)
class Happening:
    """One thing that happened: `kind` and `id` name it, `cause` what told of it.

    The lead or customer behind it, as far as one is known, is who it happened to.
    """

    kind: str
    id: int
    cause: str
    at: datetime
    lead_id: int | None = None
    customer_id: int | None = None
    depth: int = 1
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def record(self, kind: str) -> tuple[str, int] | None:
        """The record to act on: of that kind, or (without one) the customer, else the lead."""
        if kind in ("customer", "") and self.customer_id:
            return "customer", self.customer_id
        if kind in ("lead", "") and self.lead_id:
            return "lead", self.lead_id
        return None

    @property
    def key(self) -> tuple[str, str, int]:
        """By which its run is found again."""
        return self.cause, self.kind, self.id
