"""`leadline user`."""

import sys
from typing import Annotated

import typer

from leadline.config.cli.database import operator, tell, with_database
from leadline.people import actions

app = typer.Typer(help="Users of this installation.", no_args_is_help=True)


@app.callback()
def user() -> None:
    pass


@app.command()
@with_database
def create(
    email: Annotated[str, typer.Option(help="The address to sign in with.")],
    role: Annotated[list[str], typer.Option(help="A role's key, such as administrator; may be repeated.")],
    name: Annotated[str, typer.Option(help="The person's name; by default what stands before the @.")] = "",
    password_stdin: Annotated[
        bool,
        typer.Option("--password-stdin", help="Read the password from the first line of standard input."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Let somebody sign in.

    Example: leadline user create --email rosa@example.com --role inside-sales --password-stdin < password
    """
    added = actions.add_user(
        email=email,
        name=name or email.partition("@")[0],
        roles=role,
        password=_password(from_input=password_stdin),
        by=operator(),
    )
    result = {"id": added.pk, "email": added.email, "roles": role}
    tell(f"{added.email} can sign in now ({', '.join(role)}).", result, as_json=as_json)


def _password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
