"""CSV, written by the database itself (COPY)."""

import csv
import io
from collections.abc import Generator
from typing import Any, BinaryIO

from django.db import connection

from leadline.core.lists.export.exporting import PORTION, Exporting, cell_sql


def write_csv(exporting: Exporting, file: BinaryIO) -> Generator[int, None, None]:
    """Comma, double quotes, UTF-8 without a mark; one row of the database at a time."""
    if exporting.after is None:
        head = io.StringIO()
        csv.writer(head, lineterminator="\n").writerow(exporting.header)
        file.write(head.getvalue().encode())
    written = 0
    for sql, params in exporting.selects([cell_sql(column) for column in exporting.columns]):
        written += _copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params, file)
        yield written


def _copy(sql: str, params: list[Any], file: BinaryIO) -> int:
    """Write what COPY gives, some thousand rows at a time; returns how many."""
    written = 0
    waiting: list[bytes] = []
    with connection.cursor() as cursor, cursor.copy(sql, params) as rows:
        for row in rows:
            waiting.append(bytes(row))
            if len(waiting) == PORTION:
                file.write(b"".join(waiting))
                written += len(waiting)
                waiting.clear()
    file.write(b"".join(waiting))
    return written + len(waiting)
