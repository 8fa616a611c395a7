"""`leadline check`."""

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from leadline.config.checks import run_checks
from leadline.config.cli.database import tell
from leadline.core.postgres import in_use


def check(
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Check configuration, database, migrations and queue; exit code 1 if something is wrong.

    Example: leadline check --json
    """
    with in_use():
        findings = run_checks()
    told = "\n".join(
        f"{'ok   ' if found.ok else 'WRONG'}  {found.name}: {found.message}" for found in findings
    )
    all_well = all(found.ok for found in findings)
    tell(told, {"ok": all_well, "checks": [asdict(found) for found in findings]}, as_json=as_json)
    if not all_well:
        sys.exit(1)
