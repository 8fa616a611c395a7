"""`leadline docs`: pages of the documentation that the code itself writes."""

from pathlib import Path
from typing import Annotated

import typer

from leadline.core.events.documentation import write_events_page

app = typer.Typer(help="Pages of the documentation that are written from the code.", no_args_is_help=True)


@app.callback()
def docs() -> None:
    pass


@app.command()
def events(
    to: Annotated[Path, typer.Option(help="The file to write.")] = Path("docs/events.md"),
) -> None:
    """Write the list of all events.

    Example: leadline docs events
    """
    write_events_page(to)
