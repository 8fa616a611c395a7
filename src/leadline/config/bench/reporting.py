"""How the figures are told: a table for the eye, JSON for programs, a page for docs/benchmarks.md."""

import platform
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from django.db import connection

from leadline.config.bench.data import query
from leadline.config.bench.registry import MILLISECONDS, Line, Measured
from leadline.config.bench.timing import timed
from leadline.core.clock import now


def as_json(lines: list[Line]) -> list[dict[str, Any]]:
    """Each line with plain values."""
    return [
        {
            "group": line.group,
            "name": line.name,
            "goal": str(line.goal),
            "met": line.is_met,
            "unit": line.goal.unit,
            "value": _rounded(line.measured.value if line.measured else None),
            "p95": _rounded(line.measured.p95 if line.measured else None),
            "cpu": _rounded(line.measured.cpu if line.measured else None),
            "raw": _rounded(line.measured.raw if line.measured else None),
            "note": line.failure or (line.measured.note if line.measured else ""),
        }
        for line in lines
    ]


def cells(line: Line) -> tuple[str, ...]:
    """What stands in a row of the table: name, figure, 95th, CPU, raw SQL, goal, whether it is met."""
    found = line.measured or Measured(0)
    unit = line.goal.unit
    if line.measured is None:
        return line.group, line.failure, "–", "–", "–", str(line.goal), "no"
    return (
        line.name,
        _figure(found.value, unit) + (f" · {found.note}" if found.note else ""),
        _figure(found.p95, unit),
        _figure(found.cpu, unit),
        _figure(found.raw, unit),
        str(line.goal),
        "yes" if line.is_met else "no",
    )


def as_markdown(lines: list[Line], sizes: dict[str, int], command: str) -> str:
    """The page for docs/benchmarks.md."""
    parts = [
        "# Benchmarks",
        "",
        "Measured, not promised: this page is written by the command itself.",
        "",
        f"- Command: `{command}`",
        f"- Date: {now():%Y-%m-%d %H:%M} UTC",
        f"- Machine: {machine()}",
        f"- Yardstick: {yardstick()}",
        f"- Data: {', '.join(f'{count:,} {name}' for name, count in sizes.items())}",
        "",
        "Medians on the server's side, warm, through the whole stack of middleware; “SQL” is the same",
        "work as one plain statement in the same run, “CPU” the processor's time of web process and database",
        "together, which other work on the machine blurs least. The load's clients run on the same machine.",
    ]
    group = ""
    for line in lines:
        if line.group != group:
            group = line.group
            parts += [
                "",
                f"## {group}",
                "",
                "| | median or rate | 95th | CPU | SQL | goal | met |",
                "| --- | ---: | ---: | ---: | ---: | --- | --- |",
            ]
        parts.append("| " + " | ".join(cells(line)) + " |")
    return "\n".join(parts) + "\n"


def write_page(page: str, path: Path) -> None:
    """Write the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def machine() -> str:
    """Processor, cores, memory and versions; and how busy it was, as that slows every figure."""
    memory = psutil.virtual_memory().total / 2**30
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgres = cursor.fetchone()[0]
    busy = ", ".join(f"{load:.1f}" for load in psutil.getloadavg())
    return (
        f"{_processor()}, {psutil.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()},"
        f" PostgreSQL {postgres}; load average at the end {busy}"
    )


def yardstick() -> str:
    """How fast the machine is at this moment, so that figures of two runs can be compared."""
    loop = median(timed([lambda: sum(number * number for number in range(100_000))], 30))
    asked = median(timed([lambda: query("SELECT 1")], 300))
    return f"100,000 squares added in Python {loop:.1f} ms; an empty question to the database {asked:.2f} ms"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{value:,.1f} {unit}" if unit == MILLISECONDS or value < 100 else f"{value:,.0f} {unit}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
