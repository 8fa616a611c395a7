"""`leadline export`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from leadline.config.cli.database import operator, tell, with_database
from leadline.core.conditions import parse
from leadline.core.fields import catalogues
from leadline.core.lists import Selection
from leadline.core.lists.door import door_of
from leadline.core.lists.export.running import write_export
from leadline.core.lists.export.writing import require_form
from leadline.core.refusals import RuleBroken


@with_database
def export(
    kind: Annotated[str, typer.Argument(help="What to export: customers.")],
    where: Annotated[
        str, typer.Option(help="A condition as JSON; without it, all that are not archived.")
    ] = "",
    columns: Annotated[str, typer.Option(help="Names of fields with commas between; without it, all.")] = "",
    form: Annotated[str, typer.Option("--format", help="csv, xlsx or jsonl.")] = "csv",
    archived: Annotated[str, typer.Option(help="no, only or all.")] = "no",
    output: Annotated[Path | None, typer.Option(help="A file; without it, the standard output.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Write records to a file or the standard output, streamed.

    Example: leadline export customers --where '{"field": "blocked", "op": "is_true"}' > blocked.csv
    """
    require_form(form)
    if as_json and output is None:
        raise RuleBroken("--json needs --output: the standard output is the export itself.")
    about = door_of(_kind(kind)).about
    selection = Selection(about.kind, where=parse(where, about).stored, archived=archived)
    names = [name.strip() for name in columns.split(",") if name.strip()]
    by = operator()
    if output is None:
        write_export(selection, names, form, sys.stdout.buffer, by=by)
        return
    with output.open("wb") as file:
        rows = write_export(selection, names, form, file, by=by)
    tell(f"{rows:,} rows in {output}.", {"rows": rows, "file": str(output), "format": form}, as_json=as_json)


def _kind(word: str) -> str:
    """The kind that a word in the plural names, as in the addresses of the API."""
    return next((entry.kind for entry in catalogues() if word in (entry.kind, f"{entry.kind}s")), word)
