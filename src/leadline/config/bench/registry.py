"""The rows of the benchmark: what is measured, its goal, and what it was."""

from collections.abc import Callable
from dataclasses import dataclass

from leadline.config.bench.data import Data

MILLISECONDS, A_SECOND, SECONDS, MEGABYTES = "ms", "/s", "s", "MB"


@dataclass(frozen=True)
class Goal:
    """What is wanted: at most so much where `most`, else at least; `p95` and `times_raw` where they count."""

    value: float
    unit: str = MILLISECONDS
    most: bool = True
    p95: float | None = None
    times_raw: float | None = None

    def __str__(self) -> str:
        words = f"{'≤' if self.most else '≥'} {self.value:,.0f} {self.unit}"
        if self.p95:
            words += f", 95th ≤ {self.p95:,.0f}"
        return f"{words}, ≤ {self.times_raw:g} × SQL" if self.times_raw else words


@dataclass(frozen=True)
class Measured:
    """What came out: a median with its 95th percentile, or a rate; `raw` is the same work as plain SQL.

    `cpu` is the processor's time, ours and the database's, on average: what a busy machine can't blur.
    """

    value: float
    p95: float | None = None
    raw: float | None = None
    cpu: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table; measuring may give several, each with a name of its own."""

    group: str
    goal: Goal
    measure: Callable[[Data], dict[str, Measured]]
    changes_data: bool = False


@dataclass(frozen=True)
class Line:
    """One line as it is told."""

    group: str
    name: str
    goal: Goal
    measured: Measured | None
    failure: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached; a row that could not be measured is not."""
        found, goal = self.measured, self.goal
        if found is None:
            return False
        met = found.value <= goal.value if goal.most else found.value >= goal.value
        if goal.p95 and found.p95 is not None:
            met = met and found.p95 <= goal.p95
        if goal.times_raw and found.raw:
            met = met and found.value <= goal.times_raw * found.raw
        return met


ROWS: list[Row] = []


def row(
    group: str, goal: Goal, *, changes_data: bool = False
) -> Callable[[Callable[[Data], dict[str, Measured]]], Callable[[Data], dict[str, Measured]]]:
    """Add a function to the table; it gives what it measured by name."""

    def add(measure: Callable[[Data], dict[str, Measured]]) -> Callable[[Data], dict[str, Measured]]:
        ROWS.append(Row(group, goal, measure, changes_data))
        return measure

    return add
