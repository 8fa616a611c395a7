"""`leadline mail`."""

import sys
from typing import Annotated

import typer
from django.db import DatabaseError

from leadline.config.cli.database import operator, tell, with_database
from leadline.core.refusals import RuleBroken
from leadline.intake.delivering import LARGEST, deliver
from leadline.intake.models import Letter

# As mail servers read them (sysexits.h): what is refused goes back, what may work later is tried again.
NOT_TAKEN, LATER = 65, 75

app = typer.Typer(help="Mail that comes in.", no_args_is_help=True)


@app.callback()
def mail() -> None:
    pass


@app.command()
@with_database
def take(
    to: Annotated[
        str, typer.Option(help="The intake address that it came to; else one is found in its head.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Take in one letter from standard input, for the pipe of a mail server. The same letter again is one.

    Ends with 0 when it was taken or left aside, 65 for what is refused, 75 when it may work later.

    Example: leadline mail take --to sales@example.com < letter.eml
    """
    raw = sys.stdin.buffer.read(LARGEST + 1)
    try:
        taken = deliver(raw, to=to, door=Letter.Door.PIPE, by=operator())
    except RuleBroken as refusal:
        sys.stderr.write(f"leadline: {refusal.message}\n")
        raise typer.Exit(NOT_TAKEN) from refusal
    except DatabaseError as failure:
        sys.stderr.write(f"leadline: {failure}\n")
        raise typer.Exit(LATER) from failure
    letter = taken.letter
    result = {
        "id": letter.pk,
        "state": letter.state,
        "reason": letter.reason,
        "lead": letter.lead_id,
        "customer": letter.customer_id,
        "again": taken.is_again,
    }
    tell(f"Letter {letter.pk}: {letter.get_state_display()}.", result, as_json=as_json)
