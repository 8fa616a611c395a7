"""`leadline keys`."""

import sys
from typing import Annotated

import typer

from leadline.config.cli.database import operator, tell, with_database
from leadline.core.secrets.keyring import keys as ring
from leadline.core.secrets.keyring import new_key, written
from leadline.core.secrets.rotating import uses_of
from leadline.governance.actions import retire_key, rotate_key
from leadline.governance.actions.keys import comes_from_environment

app = typer.Typer(help="The keys that close what is secret in the database.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")]


@app.callback()
def keys() -> None:
    pass


@app.command("list")
@with_database
def list_keys(as_json: AsJson = False) -> None:
    """Print the names of the keys, the newest first, and what needs each.

    Example: leadline keys list
    """
    found = {key.id: uses_of(key.id) for key in ring()}
    lines = [f"{name}  {_in_words(uses) or 'nothing needs it'}" for name, uses in found.items()]
    tell(
        "\n".join(lines),
        {"keys": [{"id": name, "uses": uses} for name, uses in found.items()]},
        as_json=as_json,
    )


@app.command()
@with_database
def rotate(as_json: AsJson = False) -> None:
    """Put a new key into use and encrypt everything anew by it, as a job of the worker.

    With LEADLINE_KEYS: put a new key (`leadline keys new`) in front there on every machine, start Leadline
    again, then run this.

    Example: leadline keys rotate
    """
    job = rotate_key(by=operator())
    tell(f"Job {job.pk}: {job.title}.", {"key": ring()[0].id, "job": job.pk}, as_json=as_json)


@app.command()
def new() -> None:
    """Print a new key for LEADLINE_KEYS; it is in no ring yet.

    Example: leadline keys new
    """
    sys.stdout.write(written((new_key(),)))


@app.command()
@with_database
def retire(key: Annotated[str, typer.Argument(help="Its name.")], as_json: AsJson = False) -> None:
    """Take a key out of the ring; refused while anything needs it.

    Example: leadline keys retire 1f3a9c02
    """
    retired = retire_key(key, by=operator())
    where = "LEADLINE_KEYS" if comes_from_environment() else "the ring"
    tell(f"The key {retired.id} has left {where}.", {"retired": retired.id}, as_json=as_json)


def _in_words(uses: dict[str, int]) -> str:
    return ", ".join(f"{name}: {count:,}" for name, count in uses.items())
