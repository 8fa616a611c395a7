"""Which record holds the names of the columns, and names that are never blank or doubled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leadline.core.normalise.text import simple

LOOK_AT = 25
DATA = re.compile(
    r"""\s*(?: [^\s@]+@[^\s@]+\.[^\s@]+                 # an address
        | (?:https?://|www\.)\S+
        | [+(]?\d[\d\s().,/:+-]*                         # a number, phone or date
        | \d{4}-\d\d-\d\d.*
        )\s*""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Header:
    """How many records stand before the first row, and the columns' names; `place` is None without a
    header."""

    place: int | None
    names: list[str]
    certain: bool


def find_header(rows: Sequence[Sequence[str]], known: Collection[str]) -> Header:
    """The header among the first records: known names count most, then names above cells that look like
    data."""
    width = usual_width(rows)
    best: tuple[int, int] = (0, 0)
    for place, row in enumerate(rows[:LOOK_AT]):
        hits = len({simple(cell) for cell in row} & set(known))
        if hits > best[0] and not any(DATA.fullmatch(cell) for cell in row if cell.strip()):
            best = (hits, place)
    hits, place = best
    if hits >= 2 or (hits == 1 and width == 1):
        return Header(place, names_of(rows, place), certain=True)
    return _by_looks(rows, width, place if hits else None)


def _by_looks(rows: Sequence[Sequence[str]], width: int, hinted: int | None) -> Header:
    for place, row in enumerate(rows[:LOOK_AT]):
        filled = [cell for cell in row if cell.strip()]
        if not filled or len(filled) < width * 0.6:
            continue
        below = [cell for other in rows[place + 1 : place + 50] for cell in other if cell.strip()]
        if any(DATA.fullmatch(cell) for cell in filled):
            break
        if hinted == place or any(DATA.fullmatch(cell) for cell in below):
            return Header(place, names_of(rows, place), certain=hinted == place)
        if width > 1 and below and not {simple(cell) for cell in filled} & {simple(cell) for cell in below}:
            return Header(place, names_of(rows, place), certain=False)
        break
    return Header(None, unique_names([], width), certain=False)


def usual_width(rows: Sequence[Sequence[str]]) -> int:
    """The number of cells most records have; records that are mere titles or notes do not count."""
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    if not widths:
        return 1
    most = widths.most_common(1)[0][1]
    return max(width for width, count in widths.items() if count * 2 >= most)


def names_of(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """The names in a header; where most rows below it are wider, the columns it does not name are
    numbered."""
    header, below = rows[place], [row for row in rows[place + 1 :] if any(cell.strip() for cell in row)]
    wider = [len(row) for row in below if any(cell.strip() for cell in row[len(header) :])]
    return unique_names(header, min(wider) if len(wider) > 1 and len(wider) * 2 > len(below) else 0)


def unique_names(cells: Sequence[str], width: int) -> list[str]:
    """One name for each column: blanks become "Column 3", a doubled name gets its number."""
    names: list[str] = []
    taken: set[str] = set()
    for place in range(max(width, len(cells))):
        given = " ".join(cells[place].split())[:200] if place < len(cells) else ""
        name = first = given or _("Column %(number)s") % {"number": place + 1}
        again = 1
        while name.casefold() in taken:
            again += 1
            name = f"{first} ({again})"
        taken.add(name.casefold())
        names.append(name)
    return names
