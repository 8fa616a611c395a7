"""A file as a table: how it is to be read (found, or corrected by a person), its columns, its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from leadline.imports.reading.dialects import Dialect, declared_delimiter, guess_dialect
from leadline.imports.reading.encodings import Repairs, guess_encoding, mended, text_of
from leadline.imports.reading.headers import find_header, names_of, unique_names, usual_width
from leadline.imports.reading.records import Record, records
from leadline.imports.reading.unreadable import UnreadableFile

SAMPLE_SIGNS = 128_000
SAMPLE_ROWS = 200
MOST_COLUMNS = 2_000


@dataclass(frozen=True)
class Form:
    """How a file is read; kept as JSON with the import, so that every run reads it alike."""

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    blanks_after_delimiter: bool = False
    skip: int = 0  # records before the first row, the header among them
    has_header: bool = True
    names: tuple[str, ...] = ()
    certain: bool = True
    perhaps: str = ""  # another encoding it may be
    number_by_record: bool = False  # a sheet counts its rows, a text its lines

    @property
    def dialect(self) -> Dialect:
        """The way of cutting lines into cells."""
        return Dialect(self.delimiter, self.quote, self.escape, self.blanks_after_delimiter)

    def as_json(self) -> dict[str, Any]:
        """For storing."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Form:
        """As it was stored."""
        return cls(**{**stored, "names": tuple(stored.get("names", ()))})


@dataclass(frozen=True)
class Row:
    """A row with the number a person sees; `problem` says why it can't be taken, a blank row has no cells."""

    number: int
    cells: list[str]
    problem: str = ""


def find_form(path: Path, known: Collection[str], *, sheet: bool = False, **chosen: Any) -> Form:
    """How to read a text file; what the person chose (encoding, delimiter, quote, header) is kept.

    `known` are names of columns in simple letters. `header` is the record with the names, counted from 1;
    0: none.
    """
    guess = guess_encoding(path)
    encoding = chosen.get("encoding") or guess.encoding
    sample = _sample(path, encoding)
    dialect = guess_dialect(sample)
    dialect = replace(
        dialect,
        delimiter=chosen.get("delimiter") or dialect.delimiter,
        quote=dialect.quote if chosen.get("quote") is None else chosen["quote"],
    )
    first = [cells for _number, cells in islice(records([sample], dialect, Repairs()), SAMPLE_ROWS)]
    if not any(cell.strip() for cells in first for cell in cells):
        raise UnreadableFile(_("The file holds no rows."))
    declared = 1 if declared_delimiter(sample.split("\n", 1)[0]) else 0
    place, names, certain = _header(first, known, chosen.get("header"))
    if len(names) > MOST_COLUMNS:
        raise UnreadableFile(
            _("The file has %(count)s columns; at most %(most)s can be read.")
            % {"count": len(names), "most": MOST_COLUMNS}
        )
    return Form(
        encoding=encoding,
        delimiter=dialect.delimiter,
        quote=dialect.quote,
        escape=dialect.escape,
        blanks_after_delimiter=dialect.blanks_after_delimiter,
        skip=declared if place is None else place + 1,
        has_header=place is not None,
        names=tuple(names),
        certain=certain and guess.certain,
        perhaps=guess.perhaps,
        number_by_record=sheet,
    )


def _header(
    first: list[list[str]], known: Collection[str], chosen: int | None
) -> tuple[int | None, list[str], bool]:
    if chosen is None:
        found = find_header(first, known)
        return found.place, found.names, found.certain
    if chosen == 0:
        return None, unique_names([], usual_width(first)), True
    if chosen > len(first):
        raise UnreadableFile(
            _("There is no line %(number)s near the beginning of the file.") % {"number": chosen}
        )
    return chosen - 1, names_of(first, chosen - 1), True


def _sample(path: Path, encoding: str) -> str:
    text = "".join(islice(text_of(path, encoding, Repairs()), 1))
    if len(text) > SAMPLE_SIGNS:
        cut = max(text.rfind("\n", 0, SAMPLE_SIGNS), text.rfind("\r", 0, SAMPLE_SIGNS))
        text = text[: cut + 1] if cut > 0 else text
    return text


def rows_of(path: Path, form: Form, repairs: Repairs, *, after: int = 0) -> Iterator[Row]:
    """Every row of the file, in order, those that can't be taken with their problem; `after` rows are
    passed over.

    Streamed: constant memory whatever the size."""
    width = len(form.names)
    found: Iterator[Record] = records(text_of(path, form.encoding, repairs), form.dialect, repairs)
    if form.number_by_record:
        found = ((number, cells) for number, (_line, cells) in enumerate(found, start=1))
    for number, cells in islice(found, form.skip + after, None):
        if len(cells) != width:
            if len(cells) > width and any(map(str.strip, cells[width:])):
                yield Row(number, cells, _too_long(cells, width))
                continue
            repairs.padded_rows += len(cells) < width and any(cells)
            cells = (cells + [""] * (width - len(cells)))[:width]
        if not any(cells):
            yield Row(number, [])
            continue
        if not all(map(str.isascii, cells)):
            cells = [_mend(cell, repairs) for cell in cells]
        yield Row(number, cells)


def _mend(cell: str, repairs: Repairs) -> str:
    if cell.isascii():
        return cell
    right = mended(cell)
    repairs.mended_cells += right != cell
    return right


def _too_long(cells: list[str], width: int) -> str:
    return _(
        "The row has %(cells)s cells, the header %(width)s. Perhaps a value holds the sign that"
        " parts the cells"
        " and is not quoted."
    ) % {"cells": len(cells), "width": width}


def samples_of(path: Path, form: Form, rows: int = 50) -> list[Row]:
    """The first rows, for showing."""
    return list(islice(rows_of(path, form, Repairs()), rows))
