"""Running the benchmark: all rows, or those whose group or name holds a word."""

import gc
from collections.abc import Callable, Iterator

from leadline.config.bench import (
    assigning,
    audit,
    boards,
    custom,
    entering,
    figures,
    leads,
    lists,
    live,
    moving,
    persons,
    platform,
    quality,
    records,
    searching,
    segments,
    serving,
    tiles,
    twins,
    usage,
)
from leadline.config.bench.data import Data
from leadline.config.bench.registry import ROWS, Line, Row

# In this order they are measured: what changes the data comes last.
MEASURED_IN = (
    *(
        lists,
        leads,
        assigning,
        boards,
        figures,
        tiles,
        custom,
        searching,
        records,
        entering,
        persons,
        audit,
        segments,
        quality,
        serving,
        twins,
    ),
    platform,
    live,
    usage,
    moving,
)


def run(data: Data, *, only: str = "", told: Callable[[Line], None] = lambda line: None) -> list[Line]:
    """Measure; each line is told as soon as it is known. What fails becomes a line that says so."""
    lines = []
    for row in sorted(ROWS, key=_turn):
        if only.lower() not in row.group.lower():
            continue
        for line in _lines(row, data):
            lines.append(line)
            told(line)
    return lines


def _turn(row: Row) -> int:
    modules = [module.__name__ for module in MEASURED_IN]
    return modules.index(row.measure.__module__) if row.measure.__module__ in modules else len(modules)


def _lines(row: Row, data: Data) -> Iterator[Line]:
    gc.collect()
    try:
        found = row.measure(data)
    # One row that fails must not hide the others.
    except Exception as failure:
        yield Line(row.group, "", row.goal, None, failure=f"{type(failure).__name__}: {failure}"[:300])
        return
    for name, measured in found.items():
        yield Line(row.group, name, row.goal, measured)
