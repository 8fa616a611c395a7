"""Which kinds of records are rolled up, and by which of their columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from leadline.core.fields import catalogue
from leadline.core.subjects import subject_model

MOST_WAYS = 2


@dataclass(frozen=True)
class Way:
    """A record by which one is reached: the column that names it, and its kind; its table says whose."""

    column: str
    kind: str

    @property
    def table(self) -> str:
        """The table with owner_id, team_id and territory_id."""
        return str(subject_model(self.kind)._meta.db_table)


@dataclass(frozen=True)
class Rollup:
    """A kind of record whose metrics are rolled up; the columns are those of its table.

    `at` places it in a day and an hour of the organisation's zone, `person` is whom it counts for (empty
    where no column of its own says so: then only all people together are counted), `in_use` is SQL of which
    count at all. Who reaches one of the `ways` (at most two) reaches the record; without ways, counts answer
    only who sees everything. Conditions of its metrics ask only about its own columns, and about what never
    changes. Sums (a measure `sum`) are those of `amount`, for each `currency` apart.
    """

    kind: str
    at: str
    person: str = ""
    in_use: str = "TRUE"
    ways: tuple[Way, ...] = ()
    amount: str = ""
    currency: str = ""

    @property
    def table(self) -> str:
        """The table of the records."""
        return catalogue(self.kind).table


_registered: dict[str, Rollup] = {}


def register_rollup(rollup: Rollup) -> Rollup:
    """Roll up the metrics of a kind that name a series (`Metric.rolled`)."""
    assert len(rollup.ways) <= MOST_WAYS
    _registered[rollup.kind] = rollup
    return rollup


def rollups() -> Sequence[Rollup]:
    """All, in the order of their declaration."""
    return list(_registered.values())


def rollup_of(kind: str) -> Rollup | None:
    """That of a kind, if it has one."""
    return _registered.get(kind)
