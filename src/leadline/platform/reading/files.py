"""Events in a file: one JSON object a line, or a table with a header (CSV)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

DEEPEST = 30


def rows_of_lines(lines: Iterable[str]) -> Iterator[Any]:
    """What each line holds; one that is no JSON gives its text, which no reading takes."""
    for line in lines:
        if line.strip():
            yield _loaded(line)


def rows_of_csv(lines: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """The rows by the names of the header; whole numbers stay text, which all details take."""
    for row in csv.DictReader(lines):
        yield {name: value for name, value in row.items() if name and value}


def _loaded(line: str) -> Any:
    try:
        return json.loads(line, parse_float=Decimal)
    except (ValueError, RecursionError):
        return line[:200]
