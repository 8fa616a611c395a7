"""`leadline upgrade`."""

import sys
from dataclasses import asdict
from typing import Annotated

import typer
from django.db import DatabaseError, connections
from rich.console import Console

from leadline.config.backups import shelf
from leadline.config.backups.making import make_backup
from leadline.config.cli.database import tell
from leadline.config.installing import install
from leadline.config.upgrading.rehearsing import rehearse
from leadline.config.upgrading.report import Report
from leadline.core.installed import is_current
from leadline.core.postgres import in_use
from leadline.core.refusals import Refusal


def upgrade(
    rehearsal: Annotated[
        bool,
        typer.Option("--rehearse", help="Migrate a copy, compare, report; nothing else."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Bring the data to this version: backup first, then a rehearsal on a copy, then the data itself.

    Needs room for a second copy of the database. Exit code 1 if the rehearsal lost or altered anything; the
    live data is then untouched. The way back is the backup: the old version restores it with --replace.
    Example: leadline upgrade --rehearse
    """
    console = Console(stderr=True)
    try:
        with in_use(), console.status("…") as status:
            report = rehearse(told=lambda step: status.update(f"{step} …"))
            backup = None
            if not rehearsal and report.ok and not is_current():
                status.update("Backing up …")
                backup = str(make_backup(kind="dump").path)
                status.update("Migrating …")
                install()
    except (Refusal, DatabaseError) as refused:
        sys.exit(f"leadline: {refused}")
    finally:
        connections.close_all()
    tell(_told(report, backup), {**asdict(report), "ok": report.ok, "backup": backup}, as_json=as_json)
    if not report.ok:
        sys.exit(1)


def _told(report: Report, backup: str | None) -> str:
    lines = report.in_words()
    if backup:
        lines += ["", f"The data is migrated. The way back: leadline restore {backup} --replace"]
    elif report.ok and (last := shelf.last_backup()):
        lines.append(f"The last backup was made {shelf.age_in_words(last)}.")
    return "\n".join(lines)
