"""The rejected rows of an import: read from its job's file, as a table to mend, as a CSV to take away
(CUS-19)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import islice

from django.utils.translation import gettext as _

from leadline.core.jobs.files import path_of
from leadline.core.spreadsheets import defused
from leadline.imports.models import Import
from leadline.imports.rows import Rejected

NAME = "rejected.jsonl"


def rejected_rows(brought: Import) -> Iterator[Rejected]:
    """Those that were not mended yet, in the order of the file; only of finished portions."""
    if brought.job is None:
        return
    path, left = path_of(brought.job, NAME), brought.job.files.get(NAME, 0)
    if not path.exists():
        return
    mended = set(brought.corrected)
    with path.open("rb") as file:
        while left > 0 and (line := file.readline()):
            left -= len(line)
            number, cells, reason = json.loads(line.decode("utf-8", "surrogatepass"))
            if number not in mended:
                yield Rejected(number, cells, reason)


def rejected_page(brought: Import, *, after: int = 0, limit: int = 50) -> list[Rejected]:
    """Some of them, after a row's number."""
    return list(islice((row for row in rejected_rows(brought) if row.number > after), limit))


def mended(brought: Import, typed: Mapping[int, Mapping[int, str]]) -> dict[int, list[str]]:
    """Whole rows for those in which a cell was changed (row's number → place → text): what was not given
    stays as it was in the file."""
    width = len(brought.table_form.names)
    rows: dict[int, list[str]] = {}
    for row in rejected_rows(brought) if typed else ():
        given = typed.get(row.number)
        if given is None:
            continue
        before = [cell.replace("\r\n", "\n") for cell in (row.cells + [""] * width)[:width]]
        after = [given.get(place, cell).replace("\r\n", "\n") for place, cell in enumerate(before)]
        if after != before:
            rows[row.number] = after
    return rows


def rejected_csv(brought: Import) -> Iterator[str]:
    """The file of rejected rows: the original columns, then the row's number and the reason.

    Cells that a spreadsheet would run are defused; bringing the file again undoes that (`undefused`)."""
    line = io.StringIO()
    writer = csv.writer(line)
    names = brought.table_form.names
    writer.writerow([*map(defused, names), _("Row"), _("Reason")])
    yield "\ufeff" + _taken(line)
    for row in rejected_rows(brought):
        cells = (row.cells + [""] * (len(names) - len(row.cells)))[: max(len(names), len(row.cells))]
        if len(cells) > len(names):  # a row that was too long keeps its surplus in its last cell
            cells = [*cells[: len(names) - 1], " ".join(cells[len(names) - 1 :])]
        writer.writerow([*map(defused, cells), row.number, defused(row.reason)])
        yield _taken(line)


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text
