"""Where the `leadline` command begins."""

import importlib
import os
import sys
from functools import cache
from typing import Any

import django
import psycopg
import typer
from typer.core import TyperGroup

from leadline.config.cli.commands import COMMANDS, WITHOUT_FRAMEWORK
from leadline.core.loading import nothing_is_garbage
from leadline.core.postgres import ServerError, go_direct

HELP = """Leadline: CRM and sales operations.

Settings come from the environment: LEADLINE_DATA (folder of the embedded database and files, default ./var),
DATABASE_URL (a PostgreSQL server instead), LEADLINE_URL, LEADLINE_SECRET_KEY, LEADLINE_EMAIL_URL.

Exit codes: 0 done, 1 refused or failed (the message says why), 2 wrong usage.
"""


class Commands(TyperGroup):
    """Loads a command when it is asked for, so that `leadline serve` starts at once."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order in which they are told."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, with the framework set up before its module is loaded."""
        return _load(cmd_name) if cmd_name in COMMANDS else None


app = typer.Typer(
    cls=Commands,
    help=HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)


@app.callback()
def leadline() -> None:
    pass


def main() -> None:
    """Run a command; what was refused is told in one sentence on standard error."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.config.settings")
    try:
        app(prog_name="leadline")
    except (ServerError, psycopg.OperationalError) as error:
        sys.exit(f"leadline: {error}")


@cache
def _load(name: str) -> Any:
    module, _, attribute = COMMANDS[name].partition(":")
    with nothing_is_garbage():
        if name not in WITHOUT_FRAMEWORK:
            go_direct()
            django.setup()
        command = getattr(importlib.import_module(module), attribute)
    if not isinstance(command, typer.Typer):
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        alone.command(name)(command)
        command = alone
    loaded = typer.main.get_command(command)
    loaded.name = name
    return loaded


if __name__ == "__main__":
    main()
