"""Who holds something about a person: one declaration for report, erasure and the house test."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from leadline.core.actions import Actor
from leadline.core.privacy.persons import Person

Section = list[Any]  # plain rows, each a mapping


class NotYet(Exception):
    """Somebody still writes, or reads, where a person is to be erased; it is tried again.

    `counts` are of what was erased so far.
    """

    def __init__(self, counts: dict[str, int] | None = None):
        super().__init__()
        self.counts = counts or {}


@dataclass
class Erased:
    """What a holder erased: counts in words of the code, and which records' history must follow."""

    counts: dict[str, int] = field(default_factory=dict)
    records: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Doubt:
    """A file of others that names an erased person (`names`), or could and is read by no program."""

    id: int
    names: bool


@dataclass(frozen=True)
class ShownFile:
    """A file on which somebody decides, as a reader sees it: its name, its record, when it came."""

    name: str
    kind: str
    record: int
    at: datetime | None = None


@dataclass(frozen=True)
class Files:
    """Files of others that may name a person: a program does not remove them, somebody decides.

    `erase` is an action that takes the id of one.
    """

    doubtful: Callable[[Person], list[Doubt]]
    shown: Callable[[Iterable[int], Any], dict[int, ShownFile]]
    erase: Callable[..., None]


@dataclass(frozen=True)
class Holder:
    """One place that holds something about persons.

    `held` gives what a report tells, as plain rows. `erase` is an action of the app; without one there is
    nothing that outlives the person. `sweep` follows in the background for what has no index: texts that may
    name anybody, and files; it returns counts, and raises `NotYet` while somebody still writes there.
    `columns` are, for each kind of record, those whose history is personal.
    """

    name: str
    label: str | Promise
    models: tuple[str, ...]
    held: Callable[[Person], Section] | None = None
    erase: Callable[..., Erased] | None = None
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sweep: Callable[[Person], dict[str, int]] | None = None
    files: Files | None = None

    def erased(self, person: Person, *, by: Actor) -> Erased:
        """Erase what is held here."""
        return self.erase(person, by=by) if self.erase else Erased()


_holders: dict[str, Holder] = {}
_without: dict[str, str] = {}


def register_holder(holder: Holder) -> None:
    """Declare a place; those of higher floors are asked first, so that nothing points at what is gone."""
    _holders[holder.name] = holder


def holders() -> list[Holder]:
    """All places that hold something about persons."""
    return list(_holders.values())


def without_personal_data(models: dict[str, str]) -> None:
    """Say of models why they hold nothing about persons: `{"people.Team": "names of teams"}`."""
    _without.update(models)


def declared_models() -> set[str]:
    """The labels of all models that somebody declared, one way or the other."""
    return {model for holder in holders() for model in holder.models} | set(_without)


def personal_columns() -> dict[str, set[str]]:
    """Kind of record → the columns whose history is personal."""
    found: dict[str, set[str]] = {}
    for holder in holders():
        for kind, columns in holder.columns.items():
            found.setdefault(kind, set()).update(columns)
    return found


def kinds_in(erased: Iterable[Erased]) -> dict[str, set[int]]:
    """The records of all that was erased, by kind."""
    records: dict[str, set[int]] = {}
    for each in erased:
        for kind, ids in each.records.items():
            records.setdefault(kind, set()).update(ids)
    return records
