"""Figures as CSV: what a page shows, as a file."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from leadline.core.spreadsheets import defused
from leadline.workspaces.told import Matrix


@dataclass(frozen=True)
class Sheet:
    """A table of a file: its heads, and its rows as a spreadsheet reads them."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def sheet_of(matrix: Matrix) -> Sheet:
    """Figures as a table: values as numbers, durations in minutes."""
    heads = [matrix.grouped_by, *(str(metric.label) for metric in matrix.metrics)]
    if not matrix.by:
        return Sheet(heads[1:], [[cell.plain for cell in matrix.whole]])
    return Sheet(heads, [[line.label, *(cell.plain for cell in line.cells)] for line in matrix.lines])


def sheets_as_csv(name: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """One table after the other, with an empty row between."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    for place, sheet in enumerate(sheets):
        if place:
            writer.writerow([])
        writer.writerow(list(map(defused, sheet.heads)))
        writer.writerows(list(map(defused, row)) for row in sheet.rows)
    return response


def csv_of(name: str, matrices: Sequence[Matrix]) -> HttpResponse:
    """Figures as a file."""
    return sheets_as_csv(name, [sheet_of(matrix) for matrix in matrices])
