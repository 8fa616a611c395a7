"""What a rehearsal found, in words."""

from dataclasses import dataclass, field

SLOW = 5.0  # seconds for which a strong lock is worth a word


@dataclass(frozen=True)
class Step:
    """One migration: how long it took and the strongest lock it held on each table that was there before."""

    name: str
    seconds: float
    locks: dict[str, str] = field(default_factory=dict)

    @property
    def stops_others(self) -> bool:
        """Whether nobody could read or write a table meanwhile."""
        return any(lock == "AccessExclusiveLock" for lock in self.locks.values())


@dataclass(frozen=True)
class Difference:
    """What is not as it was: fewer or more rows, another sum, a table or column that is gone."""

    table: str
    what: str
    before: str
    after: str
    harmless: bool = False


@dataclass(frozen=True)
class Report:
    """A rehearsal: what would run, how long, what it would change. `failure` is what stopped it."""

    steps: list[Step]
    differences: list[Difference]
    tables: int
    rows: int
    seconds: float
    copied_in: float
    failure: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing was lost or altered that was there before."""
        return not self.failure and all(difference.harmless for difference in self.differences)

    def in_words(self) -> list[str]:
        """The report as lines for people."""
        copied = f"{self.tables} tables with {self.rows:,} rows, made in {self.copied_in:.1f} s"
        lines = [f"Rehearsed on a copy of {copied}."]
        if not self.steps and not self.failure:
            lines.append("There is nothing to migrate.")
        lines += [_step(step) for step in self.steps]
        if self.failure:
            lines.append(f"FAILED  {self.failure}")
        for found in self.differences:
            mark = "note " if found.harmless else "WRONG"
            lines.append(f"{mark}  {found.table}: {found.what}: {found.before} before, {found.after} after")
        if self.ok:
            lines.append(f"Every row and every sum is as it was. It would take {self.seconds:.1f} s.")
        else:
            lines.append("Do not upgrade yet. The live data was not touched.")
        return lines


def _step(step: Step) -> str:
    strong = sorted(table for table, lock in step.locks.items() if lock == "AccessExclusiveLock")
    words = f"; nobody else uses {', '.join(strong)} meanwhile" if strong else ""
    loud = " (long: choose a quiet hour)" if strong and step.seconds > SLOW else ""
    return f"ok     {step.name} {step.seconds:.2f} s{words}{loud}"
