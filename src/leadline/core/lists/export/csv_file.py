"""CSV, written by the database itself (COPY)."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from django.db import connection

from leadline.core.lists.export.exporting import PORTION, Exporting, cell_sql


def write_csv(exporting: Exporting, file: BinaryIO) -> Iterator[int]:
    """Comma, double quotes, UTF-8 without a mark; one row of the database at a time."""
    head = io.StringIO()
    csv.writer(head, lineterminator="\n").writerow(exporting.header)
    file.write(head.getvalue().encode())
    sql, params = exporting.select_sql([cell_sql(column) for column in exporting.columns])
    written = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params) as rows:
        waiting: list[bytes] = []
        for row in rows:
            waiting.append(bytes(row))
            if len(waiting) == PORTION:
                file.write(b"".join(waiting))
                written += len(waiting)
                waiting.clear()
                yield written
        file.write(b"".join(waiting))
    yield written + len(waiting)
