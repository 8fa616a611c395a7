"""`leadline backup`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from leadline.config.backups import shelf
from leadline.config.backups.making import Made, make_backup
from leadline.config.cli.database import tell, with_database
from leadline.core.refusals import RuleBroken

MEGABYTE = 1024 * 1024
KEYS = {
    "encrypted": "The keys are in it, encrypted by LEADLINE_BACKUP_PASSPHRASE; keep that elsewhere.",
    "beside": "Its keys lie beside it, in the file that ends in .keys: keep that elsewhere. Without it"
    " encrypted fields can't be read and everybody signs in anew.",
    "environment": "The keys come from the environment and are not in it; keep them elsewhere.",
}


@with_database
def backup(
    to: Annotated[
        Path | None,
        typer.Argument(help="A folder, or a new file; without it LEADLINE_BACKUPS, else <data>/backups."),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            help="dump (any PostgreSQL reads it) or base (leads to any moment with the kept log of changes);"
            " without it base where LEADLINE_KEEP_LOG is on."
        ),
    ] = "",
    keep: Annotated[
        int,
        typer.Option(min=0, help="Remove all but so many of the newest backups afterwards; 0 removes none."),
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Write database, files and keys into one file while people work; what is killed leaves nothing half.

    Example: LEADLINE_BACKUP_PASSPHRASE=... leadline backup /mnt/backups --keep 14
    """
    if kind not in ("", "dump", "base"):
        raise RuleBroken(f"There is no kind “{kind}”: dump or base.")
    console = Console(stderr=True)
    with console.status("Copying the database …") as status:
        made = make_backup(
            to, kind=kind, told=lambda done: status.update(f"Copying the database … {done // MEGABYTE:,} MB")
        )
    removed = shelf.forget_old(made.path.parent, keep) if keep else []
    tell(_told(made, removed), {**_result(made), "removed": [str(path) for path in removed]}, as_json=as_json)


def _told(made: Made, removed: list[Path]) -> str:
    rows = f"{made.rows:,} rows, " if made.rows is not None else ""
    more = f"\n{len(removed)} older ones removed." if removed else ""
    return (
        f"{made.path}\n{rows}{made.files:,} files, {made.size / MEGABYTE:,.1f} MB in {made.seconds:.1f} s."
        f" {KEYS[made.keys]}{more}"
    )


def _result(made: Made) -> dict[str, object]:
    return {
        "file": str(made.path),
        "kind": made.kind,
        "bytes": made.size,
        "rows": made.rows,
        "files": made.files,
        "keys": made.keys,
        "seconds": round(made.seconds, 2),
    }
