"""What can be owned and handed over, and what belongs on a sheet; the apps that own it say so (PPL-1).

They say so in `<app>/handing.py` and `<app>/sheet.py`, which are found by themselves.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol, TypeVar

from django.db.models import Q
from django.utils.module_loading import autodiscover_modules

from leadline.core.actions import Actor
from leadline.core.lists import Selection
from leadline.handovers.spreading import Facts
from leadline.people.models import User
from leadline.people.scope import Reach, reach


class Moved(Protocol):
    """What came of giving records new owners."""

    changed: list[int]
    unchanged: int
    refused: dict[int, str]


@dataclass(frozen=True)
class Shown:
    """A record as a sheet names it, for somebody who sees it."""

    name: str
    address: str
    under: str = ""


@dataclass(frozen=True)
class Owned:
    """A kind of record that people own, with a list of its kind (so it can be selected by conditions).

    `counted(n)` says “2,310 customers”. `selection_of(user)` is what somebody owns now, `load` how much
    people own. `facts` tells of records as the actor sees them. `assign` gives each record its new owner
    where the owner is still the one it is `held_by`; it takes the handover's id for the events. `list_of` is
    the address of the list of what somebody owns, where a part can be chosen. `stay` says what of somebody's
    does not go over with all the rest, and why; nothing where there is none.
    """

    kind: str
    label: Any
    counted: Callable[[int], str]
    selection_of: Callable[[User], Selection]
    facts: Callable[[Sequence[int], Actor], list[Facts]]
    load: Callable[[Iterable[int]], dict[int, int]]
    may_own: Callable[[User], bool]
    assign: Callable[[Mapping[int, int], Mapping[int, int | None], int, Actor], Moved]
    owners: Callable[[Sequence[int]], dict[int, int | None]]
    shown: Callable[[Sequence[int], User], dict[int, Shown]]
    list_of: Callable[[User], str]
    stay: Callable[[User], str] = lambda user: ""


@dataclass(frozen=True)
class Entry:
    """One thing a new owner should know: words, and as far as there are, who, when, until which day."""

    text: str
    who: str = ""
    at: datetime | None = None
    due_on: date | None = None
    tone: str = ""
    prose: bool = False


@dataclass(frozen=True)
class Group:
    """A part of a record's section on a sheet; `entries(ids, reader)` gives the entries by record."""

    key: str
    label: Any
    icon: str
    entries: Callable[[Sequence[int], User], dict[int, list[Entry]]]


_owned: dict[str, Owned] = {}
_groups: dict[str, list[Group]] = defaultdict(list)
Told = TypeVar("Told", bound=Callable[[Sequence[int], User], dict[int, list[Entry]]])


def register_owned(owned: Owned) -> Owned:
    """Let a kind of record be handed over."""
    _owned[owned.kind] = owned
    return owned


def on_sheet(kind: str, key: str, label: Any, icon: str) -> Callable[[Told], Told]:
    """Put something about records of a kind on the sheets; a higher app may add to a kind of a lower one."""

    def register(entries: Told) -> Told:
        _groups[kind].append(Group(key, label, icon, entries))
        return entries

    return register


def owned_kinds() -> list[Owned]:
    """All kinds that can be handed over."""
    _discover()
    return list(_owned.values())


def owned_kind(kind: str) -> Owned | None:
    """One of them; none for a kind that nobody registered."""
    _discover()
    return _owned.get(kind)


def groups_of(kind: str) -> list[Group]:
    """What stands on a sheet about a kind, in the order of registering."""
    _discover()
    return _groups[kind]


def within_reach(user: User, owned: Owned) -> Reach:
    """The people from whom and to whom this person may hand over a kind: the reach of assigning."""
    return Reach(everything=True) if user.is_system else reach(user, owned.kind, "assign")


def reached_people(user: User, person: str, team: str) -> Q:
    """People between whom this person may hand over any kind, as a filter by names of fields."""
    reached = Q(pk__in=[])
    for owned in owned_kinds():
        within = within_reach(user, owned)
        if within.everything:
            return Q()
        reached |= within.q(owner=person, team=team, territory="")
    return reached


@cache
def _discover() -> None:
    autodiscover_modules("handing", "sheet")
