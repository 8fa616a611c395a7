"""`leadline migrate`."""

from typing import Annotated

import typer

from leadline.config.cli.database import tell, with_database
from leadline.config.installing import install


@with_database
def migrate(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell each step.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Bring the database to this version: tables, history, partitions, provided roles. Safe to repeat.

    Example: leadline migrate
    """
    install(verbosity=1 if verbose else 0)
    tell("The database is up to date.", {"migrated": True}, as_json=as_json)
