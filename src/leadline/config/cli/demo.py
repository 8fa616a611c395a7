"""`leadline demo`."""

from dataclasses import asdict
from typing import Annotated

import typer

from leadline.config.cli.database import operator, tell, with_database
from leadline.config.demo import make


@with_database
def demo(
    size: Annotated[
        str, typer.Option(help="small (300 customers), medium (20,000), large (1,000,000), or a number.")
    ] = "small",
    seed: Annotated[int, typer.Option(help="The same number makes the same company.")] = 1,
    among_others: Annotated[
        bool, typer.Option("--among-others", help="Also where there are customers already; they would mix.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Make a believable company to look at: teams, people of every role, customers, contacts, activities.

    Example: leadline demo --size small
    """
    made = make(size, seed=seed, among_others=among_others, by=operator())
    tell(
        f"{made.customers:,} customers, {made.contacts:,} contacts, {made.activities:,} activities,"
        f" {made.users:,} users.\nSign in as {made.sign_in} or any role (sales-manager@…, inside-sales@…)"
        f" with the password {made.password}",
        asdict(made),
        as_json=as_json,
    )
