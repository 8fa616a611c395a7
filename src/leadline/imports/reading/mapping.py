"""Which column holds which field: by known exports, by name and synonym, by what the cells look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from leadline.core.normalise.text import simple
from leadline.imports.reading.presets import preset_for

EMAIL = re.compile(r"\s*[^\s@,;]+@[^\s@,;]+\.[^\s@,;]{2,}\s*")
PHONE = re.compile(r"\s*(?:tel:)?[+(]?\d[\d\s().\-/]{5,20}\d\s*(?:(?:x|ext\.?)\s*\d+)?\s*", re.I)
WEBSITE = re.compile(
    r"\s*(?:https?://\S+|www\.\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|co|id|biz|info)\S*)\s*", re.I
)
DATE_LIKE = re.compile(r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\s*")

# A column of orders to a program is data like any other; it is only mapped if a person asks.
NEVER_BY_ITSELF = {
    simple(name) for name in ("action", "operation", "command", "delete", "deleted", "id", "record id")
}


@dataclass(frozen=True)
class Target:
    """A field that a column may hold."""

    name: str
    label: str
    synonyms: tuple[str, ...] = ()

    def known_as(self) -> set[str]:
        """All its names, in simple letters."""
        return {simple(name) for name in (self.name, self.label, *self.synonyms)} - {""}


@dataclass(frozen=True)
class Proposal:
    """A field for a column; `sure` from 0 to 1, `why` for the person."""

    column: int
    field: str
    sure: float
    why: str


def propose(
    names: Sequence[str],
    samples: Sequence[Sequence[str]],
    targets: Sequence[Target],
    kind: str,
    *,
    nameless: bool = False,
) -> dict[int, Proposal]:
    """The best field for each column; no field twice, no column that is better left alone.

    In a file whose columns have no names (`nameless`), the first column of words is taken for the name."""
    offered = {target.name for target in targets}
    found = [one for one in _all_proposals(names, samples, targets, kind) if one.field in offered]
    chosen: dict[int, Proposal] = {}
    taken: set[str] = set()
    for one in sorted(found, key=lambda one: (-one.sure, one.column)):
        if one.column not in chosen and one.field not in taken:
            chosen[one.column] = one
            taken.add(one.field)
    if nameless and "name" in offered - taken:
        words = (place for place in range(len(names)) if place not in chosen and _is_words(samples, place))
        chosen.update(
            {place: Proposal(place, "name", 0.3, _("first column of words")) for place in islice(words, 1)}
        )
    return dict(sorted(chosen.items()))


def _is_words(samples: Sequence[Sequence[str]], place: int) -> bool:
    cells = [row[place] for row in samples if place < len(row) and row[place].strip()]
    return bool(cells) and sum(any(map(str.isalpha, cell)) for cell in cells) >= len(cells) * 0.8


def _all_proposals(
    names: Sequence[str], samples: Sequence[Sequence[str]], targets: Sequence[Target], kind: str
) -> list[Proposal]:
    preset = preset_for(list(names), kind)
    known = {simple(name): field for name, field in preset.fields.items()} if preset else {}
    found: list[Proposal] = []
    for column, name in enumerate(names):
        letters = simple(name)
        if letters in known and preset:
            if known[letters]:
                found.append(
                    Proposal(
                        column, known[letters], 0.99, _("column of %(source)s") % {"source": preset.source}
                    )
                )
            continue
        if letters in NEVER_BY_ITSELF:
            continue
        found += _by_name(column, letters, targets)
        found += _by_content(column, [row[column] for row in samples if column < len(row)])
    return found


def _by_name(column: int, letters: str, targets: Sequence[Target]) -> list[Proposal]:
    found = []
    for target in targets:
        if letters in target.known_as():
            exact = letters in (simple(target.name), simple(target.label))
            found.append(Proposal(column, target.name, 1.0 if exact else 0.95, _("same name")))
        elif (
            len(letters) > 4 and max((fuzz.ratio(letters, one) for one in target.known_as()), default=0) >= 88
        ):
            found.append(Proposal(column, target.name, 0.75, _("similar name")))
    return found


def _by_content(column: int, cells: Sequence[str]) -> list[Proposal]:
    filled = [cell for cell in cells if cell.strip()]
    looks: list[tuple[str, Callable[[str], object], str]] = [
        ("email", EMAIL.fullmatch, _("looks like e-mail addresses")),
        ("website", WEBSITE.fullmatch, _("looks like websites")),
        ("phone", looks_like_phone, _("looks like phone numbers")),
    ]
    for field, test, why in looks:
        if filled and sum(bool(test(cell)) for cell in filled) >= len(filled) * 0.8:
            return [Proposal(column, field, 0.6, why)]
    return []


def looks_like_phone(cell: str) -> bool:
    """Digits as people write a phone number; dates and plain short numbers are none."""
    return (
        bool(PHONE.fullmatch(cell))
        and not DATE_LIKE.fullmatch(cell)
        and (cell.strip()[0] in "+(0t" or " " in cell.strip())
    )


def signature(names: Sequence[str]) -> str:
    """What stays the same when the same source is exported again: the names of the columns, in any order."""
    return "|".join(sorted(simple(name) or name for name in names))
