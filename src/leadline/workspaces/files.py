"""Figures as CSV: what a page shows, as a file."""

import csv
from collections.abc import Sequence

from django.http import HttpResponse

from leadline.core.spreadsheets import defused
from leadline.workspaces.told import Matrix


def csv_of(name: str, matrices: Sequence[Matrix]) -> HttpResponse:
    """One table after the other, with an empty row between; values as numbers, durations in minutes."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    for place, matrix in enumerate(matrices):
        if place:
            writer.writerow([])
        writer.writerow([matrix.grouped_by, *(str(metric.label) for metric in matrix.metrics)])
        for line in matrix.lines:
            writer.writerow([defused(line.label), *(defused(cell.plain) for cell in line.cells)])
    return response
