"""A person about whom data is held, and by which words free text names that person."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

SHORTEST = 4  # signs of a word by which somebody is looked for


@dataclass(frozen=True)
class Person:
    """A contact, an individual customer, a user.

    `records` are the records that are this person alone (`{"contact": [7]}`). `within` are the customers
    whose notes and activities may name the person. `words` are names, addresses and numbers, now and before.
    """

    kind: str
    id: int
    name: str
    words: tuple[str, ...] = ()
    records: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    within: tuple[int, ...] = ()

    @property
    def certain_words(self) -> tuple[str, ...]:
        """Words that name nobody else: addresses, numbers, and names of more than one word."""
        return tuple(word for word in self.words if re.search(r"[@\d]", word) or " " in word.strip())

    def ids(self, kind: str) -> list[int]:
        """The keys of the person's own records of a kind."""
        return list(self.records.get(kind, ()))


@dataclass(frozen=True)
class _Kind:
    label: str | Promise
    fetch: Callable[[int], Person | None]
    sees: Callable[[Any, int], bool]
    is_erased: Callable[[int], bool] | None
    hold: Callable[[Person], None] | None = None


_kinds: dict[str, _Kind] = {}
Grow = Callable[[Person], Person]
_grown: list[Grow] = []


def register_person(
    kind: str,
    label: str | Promise,
    *,
    fetch: Callable[[int], Person | None],
    sees: Callable[[Any, int], bool],
    is_erased: Callable[[int], bool] | None = None,
    hold: Callable[[Person], None] | None = None,
) -> None:
    """Say how a kind of person is found, and who sees one. Without `is_erased` it can only be reported on.

    `hold` locks the person's records, so that nobody merges or moves them meanwhile.
    """
    _kinds[kind] = _Kind(label, fetch, sees, is_erased, hold)


def same_person(grow: Grow) -> Grow:
    """Let `grow` add to a person what an app above knows to be the same one: its records and its words."""
    _grown.append(grow)
    return grow


def _fetched(known: _Kind, key: int) -> Person | None:
    person = known.fetch(key)
    for grow in _grown if person else ():
        person = grow(person) if person else None
    return person


def kinds_of_persons() -> dict[str, str | Promise]:
    """Each kind of person with its label."""
    return {kind: known.label for kind, known in _kinds.items()}


def person_of(kind: str, key: int) -> Person | None:
    """The person behind a record; none where there is no such record, or it is no person."""
    known = _kinds.get(kind)
    return _fetched(known, key) if known else None


def hold_person(kind: str, key: int) -> None:
    """Lock the records of a person until this transaction ends, also those merged while it waited."""
    known, held = _kinds.get(kind), None
    while known and known.hold and (person := _fetched(known, key)) and person.records != held:
        for hold in [_kinds[each].hold for each in sorted({kind, *person.records}) if each in _kinds]:
            if hold is not None:
                hold(person)
        held = person.records


def seen_person(user: Any, kind: str, key: int) -> Person | None:
    """The same, for somebody who sees that record (ALL-3)."""
    known = _kinds.get(kind)
    return _fetched(known, key) if known and 0 < key < 2**63 and known.sees(user, key) else None


def is_erased(kind: str, key: int) -> bool | None:
    """Whether the person was erased already; None for a kind that can't be erased."""
    known = _kinds.get(kind)
    return known.is_erased(key) if known and known.is_erased else None


def usable(words: "list[str | None]") -> tuple[str, ...]:
    """Words that are long enough to look for, the longest first, each once."""
    kept = {word.strip() for word in words if word and len(word.strip()) >= SHORTEST}
    return tuple(sorted(kept, key=lambda word: (-len(word), word)))
