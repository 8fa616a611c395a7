"""What can be assigned by rules; the apps that own it say so in `<app>/dealing.py`, found by itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol

from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.refusals import RuleBroken

Owners = dict[int, int | None]
Decide = Callable[[Sequence[int]], Owners]


class Done(Protocol):
    """What came of giving records new owners."""

    changed: list[int]
    unchanged: int
    refused: dict[int, str]


@dataclass(frozen=True)
class Assignable:
    """A kind of record that rules assign; it has a catalogue with `owner`, and where it has them `territory`
    and `language`.

    `deal(ids, decide=…, seen_at=…, unowned=…, by=…)` is the app's action: it locks those that the actor may
    assign, asks `decide` for their owners, and writes them; with `unowned` it leaves alone what has an owner.
    `territories(ids)` places what has no territory, `owners_known(ids)` gives the owner of the customer that
    matches. Records count from `since`, a field of the catalogue; `records` is the view of their list, `page`
    that of one, and `given_at` the field that says since when the owner has it. How good they were:
    `qualities` are number fields, `breakdowns` fields to count by, `won` a condition. `every` says “All
    leads”; `owns` is the verb that a role needs to own them. The kind of the lowest `place` is asked for
    where none is named.
    """

    kind: str
    label: Any
    every: Any
    page: str
    counted: Callable[[int], str]
    deal: Callable[..., Done]
    owns: str
    since: str
    territories: Callable[[Iterable[int]], Mapping[int, int]]
    owners_known: Callable[[Iterable[int]], Mapping[int, int]]
    records: str
    given_at: str
    qualities: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    won: Any = None
    place: int = 9

    def given_between(self, owner: int, first: date, last: date) -> dict[str, Any]:
        """The condition for what somebody has and got from the first to the last day."""
        days = [first.isoformat(), last.isoformat()]
        return {
            "and": [
                {"field": "owner", "op": "equals", "value": owner},
                {"field": self.given_at, "op": "between", "value": days},
            ]
        }

    def dealt(
        self, ids: Iterable[int], decide: Decide, seen_at: datetime | None, unowned: bool, by: Actor
    ) -> Done:
        """Let the app give them their owners."""
        return self.deal(ids, decide=decide, seen_at=seen_at, unowned=unowned, by=by)


_kinds: dict[str, Assignable] = {}


def register_assignable(kind: Assignable) -> Assignable:
    """Let rules assign a kind of record."""
    _kinds[kind.kind] = kind
    return kind


def assignable(kind: str) -> Assignable:
    """One of them. Raises `RuleBroken` with those that there are."""
    _discover()
    if kind not in _kinds:
        known = ", ".join(_kinds)
        raise RuleBroken(_("Choose one of: %(known)s.") % {"known": known}, field="kind", value=kind[:60])
    return _kinds[kind]


def assignables() -> list[Assignable]:
    """All of them, by their places."""
    _discover()
    return sorted(_kinds.values(), key=lambda each: each.place)


@cache
def _discover() -> None:
    autodiscover_modules("dealing")
