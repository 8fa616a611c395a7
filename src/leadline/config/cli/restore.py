"""`leadline restore`."""

import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from django.db import connections
from rich.console import Console

from leadline.config.backups import shelf
from leadline.config.backups.restoring import Asked, Restored
from leadline.config.backups.restoring import restore as bring_back
from leadline.config.cli.database import tell
from leadline.core.refusals import Refusal, RuleBroken


def restore(
    file: Annotated[
        Path | None,
        typer.Argument(help="A backup; with --at, without it, the newest base before that moment."),
    ] = None,
    at: Annotated[
        str,
        typer.Option(
            help="A moment to go back to, as '2026-11-25 14:30' in this machine's time, or with +07:00."
        ),
    ] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Also where there is an installation; it is kept beside.")
    ] = False,
    log: Annotated[
        Path | None,
        typer.Option(help="The folder of the kept log of changes; without it LEADLINE_KEEP_LOG's."),
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(help="The file of the keys, if it does not lie beside the backup.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Bring a backup back into an empty installation, compare it with what was written, and check it.

    Stop Leadline first. A backup that is damaged is refused before anything is touched.
    Example: leadline restore /mnt/backups/leadline-20261125T020000Z-dump.leadline
    Example: leadline restore --at '2026-11-25 14:30' --replace
    """
    console = Console(stderr=True)
    try:
        moment = _moment(at) if at else None
        asked = Asked(
            archive=file or _newest_before(moment),
            at=moment,
            replace=replace,
            log=log,
            keys=keys,
            passphrase=os.environ.get("LEADLINE_BACKUP_PASSPHRASE", ""),
        )
        with console.status("…") as status:
            done = bring_back(asked, told=lambda step: status.update(f"{step} …"))
    except Refusal as refused:
        sys.exit(f"leadline: {refused}")
    finally:
        connections.close_all()
    tell(_told(done), asdict(done), as_json=as_json)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        raise RuleBroken(
            f"“{text}” is no moment; write it as '2026-11-25 14:30' or '2026-11-25T14:30+07:00'."
        ) from None


def _newest_before(moment: datetime | None) -> Path:
    folder = shelf.usual_folder()
    for kept in shelf.kept_in(folder):
        if moment is None or (kept.kind == "base" and kept.made_at < moment):
            if moment is None:
                raise RuleBroken(f"Name the backup to restore; the newest is {kept.path}.")
            return kept.path
    raise RuleBroken(
        f"There is no {'base before that moment' if moment else 'backup'} in {folder}; name a file."
    )


def _told(done: Restored) -> str:
    compared = (
        f"{done.tables} tables with {done.rows:,} rows are what the backup holds"
        if done.rows
        else ("each file of the database is what the backup holds")
    )
    former = f"\nWhat was here before lies in {done.former}." if done.former else ""
    checks = "\n".join(f"{'ok   ' if c['ok'] else 'later'}  {c['name']}: {c['message']}" for c in done.checks)
    return f"Restored in {done.seconds:.1f} s: {compared}; {done.files:,} files.\n{checks}{former}"
