"""Records of a text, streamed: fast where the text keeps its own rules, patient where it breaks them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from leadline.imports.reading.dialects import Dialect, split_patiently, split_plainly
from leadline.imports.reading.encodings import Repairs

LONGEST_RECORD_LINES = 1_000
LONGEST_RECORD_SIGNS = 2 << 20
Record = tuple[int, list[str]]

csv.field_size_limit(64 << 20)


class _Runaway(Exception):
    """A quoted cell goes on and on: its opening mark was a stray one."""


def records(pieces: Iterable[str], dialect: Dialect, repairs: Repairs) -> Iterator[Record]:
    """Each record with the number of the line it starts on, as a person sees it in an editor; blank lines
    are none."""
    source = _lines(pieces)
    line = 1
    while True:
        pending: list[str] = []
        try:
            for cells in csv.reader(_watched(source, pending), **dialect.options()):
                if cells:
                    yield line, cells
                line += len(pending)
                pending.clear()
            return
        except (csv.Error, _Runaway):
            cells, used = _patiently(pending, dialect)
            repairs.stray_quotes += 1
            yield line, cells
            line += used
            source = chain(pending[used:], source)


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        yield from io.StringIO(piece, newline="")


def _watched(lines: Iterator[str], pending: list[str]) -> Iterator[str]:
    """Remember the lines of the record being read, so that it can be read again in another way."""
    for line in lines:
        pending.append(line)
        if len(pending) > LONGEST_RECORD_LINES or (
            len(pending) & 63 == 0 and sum(map(len, pending)) > LONGEST_RECORD_SIGNS
        ):
            raise _Runaway
        yield line


def _patiently(pending: list[str], dialect: Dialect) -> tuple[list[str], int]:
    """The record at the head of these lines, and how many of them it takes.

    A mark inside a quoted cell is text; a mark that no later one answers is text, and the row ends with
    its line."""
    text = ""
    for used, line in enumerate(pending, start=1):
        text += line
        cells = split_patiently(text, dialect)
        if cells is not None:
            return list(cells), used
        if used >= 50:
            break
    return split_plainly(pending[0], dialect), 1
