"""`leadline token`."""

import sys
from typing import Annotated

import typer

from leadline.config.cli.database import operator, tell, with_database
from leadline.people import actions
from leadline.people.models import User

app = typer.Typer(help="Tokens, by which programs use the API as a user.", no_args_is_help=True)


@app.callback()
def token() -> None:
    pass


@app.command()
@with_database
def create(
    user: Annotated[str, typer.Option(help="The user's e-mail address.")],
    scope: Annotated[
        list[str] | None, typer.Option(help="What the token may do; without it, all the user may.")
    ] = None,
    name: Annotated[str, typer.Option(help="What the token is for.")] = "",
    days: Annotated[int | None, typer.Option(help="How many days it holds; without, until revoked.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Make a token and print it, alone; it is shown this once.

    Example: TOKEN=$(leadline token create --user rosa@example.com)
    """
    owner = User.objects.filter(email__iexact=user, is_system=False).first()
    if owner is None:
        sys.exit(f"leadline: there is no user {user}.")
    secret = actions.create_token(owner, name=name, scopes=scope or (), days=days, by=operator())
    tell(secret, {"token": secret, "user": owner.email}, as_json=as_json)
