"""`leadline bench`."""

import json
import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from leadline.config.bench.data import Data
from leadline.config.bench.registry import Line
from leadline.config.bench.reporting import as_json, as_markdown, cells, write_page
from leadline.config.bench.running import run
from leadline.config.cli.database import with_database


@with_database
def bench(
    only: Annotated[str, typer.Option(help="Measure only groups whose title holds this.")] = "",
    times: Annotated[int, typer.Option(min=5, help="How often each thing is done.")] = 30,
    page: Annotated[
        Path | None, typer.Option(help="Write the figures to this file, as docs/benchmarks.md.")
    ] = None,
    json_line: Annotated[
        bool, typer.Option("--json", help="Print the figures as one JSON line, last.")
    ] = False,
) -> None:
    """Measure this installation on the data set in it, beside the raw SQL of the same work.

    Meant for `leadline demo --size large`; imports and bulk changes are measured on a copy of the database.
    Example: leadline bench --only search
    """
    console, data = Console(stderr=json_line), Data(times=times)
    lines = run(data, only=only, told=lambda line: console.print(_told(line), highlight=False))
    console.print(_table(lines))
    if page:
        write_page(as_markdown(lines, data.sizes(), f"leadline {shlex.join(sys.argv[1:])}"), page)
    if json_line:
        sys.stdout.write(json.dumps({"sizes": data.sizes(), "lines": as_json(lines)}) + "\n")


def _told(line: Line) -> str:
    name, figure, p95, cpu, raw, _goal, met = cells(line)
    missed = "" if met == "yes" else "<- goal missed"
    return f"{line.group}: {name}: {figure} (95th {p95}, CPU {cpu}, SQL {raw}) {missed}"


def _table(lines: list[Line]) -> Table:
    table = Table("Work", "Median or rate", "95th", "CPU", "SQL", "Goal", "Met")
    group = ""
    for line in lines:
        if line.group != group:
            group = line.group
            table.add_section()
            table.add_row(f"[bold]{group}[/bold]")
        table.add_row(*cells(line), style="" if line.is_met else "red")
    return table
