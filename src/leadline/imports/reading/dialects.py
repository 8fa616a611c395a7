"""How a text is cut into cells: which sign parts them, which one quotes, and where the rows begin."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

DELIMITERS = (",", ";", "\t", "|", "^", "~")


@dataclass(frozen=True)
class Dialect:
    delimiter: str = ","
    quote: str = '"'  # empty: quotation marks are text
    escape: str = ""  # a sign that makes the next one text, as MySQL writes it
    blanks_after_delimiter: bool = False

    def options(self) -> dict[str, Any]:
        """For the csv module, strict: what does not fit is looked at again with patience (`records`)."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote or None,
            "quoting": csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            "escapechar": self.escape or None,
            "doublequote": not self.escape,
            "skipinitialspace": self.blanks_after_delimiter,
            "strict": True,
        }


def declared_delimiter(first_line: str) -> str | None:
    """The sign that Excel's own first line `sep=;` names; such a line is no row."""
    line = first_line.strip().strip('"')
    return line[4] if len(line) == 5 and line.lower().startswith("sep=") else ""


def guess_dialect(sample: str) -> Dialect:
    """The way of cutting under which most rows have the same, and a larger, number of cells."""
    declared = declared_delimiter(sample.split("\n", 1)[0])
    quote = _quote_of(sample)
    # A cell that ends in a backslash looks like an escaped mark: rows that come out even decide.
    escapes = ("\\", "") if quote and sample.count("\\" + quote) > sample.count(quote * 2) else ("",)
    signs = [declared] if declared else DELIMITERS
    candidates = [Dialect(sign, quote, escape) for escape in escapes for sign in signs]
    scored = [(_evenness(sample, dialect), -place, dialect) for place, dialect in enumerate(candidates)]
    best = max(scored, key=lambda one: one[:2])[2]
    blanks = bool(quote) and sample.count(best.delimiter + " " + quote) > sample.count(best.delimiter + quote)
    return Dialect(best.delimiter, quote, best.escape, blanks)


def _quote_of(sample: str) -> str:
    """Double quotation marks unless cells plainly begin and end with single ones."""
    single = sum(sample.count("'" + sign + "'") for sign in DELIMITERS)
    double = sum(sample.count('"' + sign) + sample.count(sign + '"') for sign in DELIMITERS)
    return "'" if single > 2 and not double else '"'


def _evenness(sample: str, dialect: Dialect) -> float:
    widths = [len(cells) for cells in sample_rows(sample, dialect) if any(cells)]
    if not widths:
        return 0.0
    width, rows = Counter(widths).most_common(1)[0]
    if width < 2:
        width, rows = max(((w, n) for w, n in Counter(widths).items() if w > 1), default=(1, 0))
    return (rows / len(widths)) ** 2 * math.log2(1 + width) if width > 1 else 0.0


def sample_rows(sample: str, dialect: Dialect) -> list[list[str]]:
    """The rows of a sample, read leniently; a broken end is passed over."""
    options = dialect.options() | {"strict": False}
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(csv.reader(io.StringIO(sample, newline=""), **options))
    return rows


def split_patiently(text: str, dialect: Dialect) -> Sequence[str] | None:
    """The cells of one record in which a quotation mark closes only before a delimiter or the end.

    None if a quoted cell does not end within the text."""
    cells: list[str] = []
    text, place, quote, delimiter = text.rstrip("\r\n"), 0, dialect.quote, dialect.delimiter
    while True:
        start = place
        while dialect.blanks_after_delimiter and text.startswith(" ", start):
            start += 1
        if quote and text.startswith(quote, start):
            end = _closing(text, start + 1, dialect)
            if end < 0:
                return None
            cells.append(text[start + 1 : end].replace(quote * 2, quote))
            place = end + 1
        else:
            end = text.find(delimiter, start)
            place = len(text) if end < 0 else end
            cells.append(text[start:place])
        if place >= len(text):
            return cells
        place += 1


def _closing(text: str, place: int, dialect: Dialect) -> int:
    """Where a quoted cell ends: the first mark, not doubled, with a delimiter or the end behind it."""
    while True:
        end = text.find(dialect.quote, place)
        if end < 0:
            return -1
        behind = text[end + 1 : end + 2]
        if behind in ("", dialect.delimiter):
            return end
        place = end + (2 if behind == dialect.quote else 1)


def split_plainly(text: str, dialect: Dialect) -> list[str]:
    """The cells of one line whose quotation marks mean nothing."""
    return text.rstrip("\r\n").split(dialect.delimiter)
