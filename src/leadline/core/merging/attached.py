"""What of each app hangs on a kind of record, and how it moves when records become one (CUS-23).

An app says so in its `merging.py`, found by itself. A house test asks every foreign key to a kind that can
be merged, and every table that names records by kind and number, for its entry (tests/house/test_merging).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from leadline.core.formats import counted

ANY = ""


@dataclass(frozen=True)
class Merging:
    """A merge under way: `others` become `survivor`.

    `within` are the customers where contacts that are merged are or were: what names a contact is found
    there by index.
    """

    kind: str
    survivor: int
    others: tuple[int, ...]
    within: tuple[int, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        """All records of the merge, the survivor first."""
        return (self.survivor, *self.others)


@dataclass
class Moved:
    """What a move did: how many rows, what a person should be told, and what its way back needs, as JSON."""

    count: int = 0
    told: list[str] = field(default_factory=list)
    kept: Any = None


@dataclass(frozen=True)
class Attached:
    """Rows that name a record of a `kind` in a `column`.

    Of `ANY` kind names records of whatever kind can be merged. Without `move` the column is changed to the
    survivor. Tracked rows come back by their history, others by what is kept in the merge. `kind_column`
    names the kind where a table serves several, `within` a column that names the customer (found by index).
    `portioned` rows can be many: above a bound they move in a job. `counted` and `both` are lazy plurals.

    Columns that a unique rule allows `once` for a record, perhaps only `when` a condition holds: what the
    survivor has already stays where it is, and `both` tells so. `move`, an action of (merging, by), is for
    what names records otherwise; its `back` takes what it kept (merging, kept, by). What `stays` with the
    record that was merged says why.
    """

    kind: str
    model: str
    column: str
    counted: Any = None
    kind_column: str = ""
    within: str = ""
    portioned: bool = False
    once: tuple[str, ...] = ()
    when: str = "TRUE"
    both: Any = None
    move: Callable[..., Moved] | None = None
    back: Callable[..., None] | None = None
    stays: str | Promise = ""

    @property
    def key(self) -> str:
        """Its name in a merge that is kept."""
        return f"{self.model}.{self.column}"

    @property
    def table(self) -> type[models.Model]:
        """The model of the rows."""
        return apps.get_model(self.model)

    def in_words(self, count: int) -> str:
        """As a preview says it: “3 notes”."""
        return counted(self.counted, count) if self.counted and count else ""


_attached: dict[tuple[str, str], Attached] = {}
_mergeable: dict[str, str] = {}


def mergeable(kind: str, model: str) -> None:
    """Say that records of a kind can be merged; `model` has `merged_into`."""
    _mergeable[kind] = model


def mergeables() -> dict[str, str]:
    """Kind → model of the records that can be merged."""
    return dict(_mergeable)


def register_attached(entry: Attached) -> Attached:
    """Declare what hangs on a kind of record."""
    _attached[entry.kind, entry.key] = entry
    return entry


def attached_to(kind: str) -> list[Attached]:
    """All that hangs on records of a kind."""
    return [entry for (of, _key), entry in _attached.items() if of in (ANY, kind)]
