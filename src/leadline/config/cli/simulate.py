"""`leadline simulate`."""

import secrets
from dataclasses import asdict
from typing import Annotated

import typer
from django.conf import settings

from leadline.config.cli.database import operator, tell, with_database
from leadline.config.playing import Play
from leadline.config.playing.players import players_among
from leadline.config.playing.sending import Server, perform
from leadline.platform.actions import make_ingest_key, revoke_ingest_key

app = typer.Typer(help="Plays, for demonstrations and load tests.", no_args_is_help=True)


@app.callback()
def simulate() -> None:
    pass


@app.command()
@with_database
def platform(
    rate: Annotated[int, typer.Option(min=1, max=2_000, help="Events a second.")] = 20,
    seconds: Annotated[int, typer.Option(min=1, help="How long.")] = 60,
    seed: Annotated[int, typer.Option(help="The same number plays the same.")] = 1,
    customers: Annotated[int, typer.Option(min=0, help="How many of the customers here take part.")] = 200,
    strangers: Annotated[int, typer.Option(min=0, help="How many people whom nobody knows yet.")] = 50,
    url: Annotated[str, typer.Option(help="The server; without it, LEADLINE_URL.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Play a lively platform against the API of a server that runs: logins, pages, deposits, failures.

    It signs with a key that is made for the play and revoked after it. Events are in the history as real ones
    are: do this on a demonstration. Example: leadline simulate platform --rate 200 --seconds 600
    """
    run = secrets.token_hex(4)
    key = make_ingest_key(name="Simulator", by=operator())
    try:
        players = players_among(customers, strangers, run=run) or players_among(0, 1, run=run)
        play = Play(players, seed=seed, run=run)
        server = Server(url or settings.LEADLINE_URL, key.secret)
        sent = perform(play, server, rate=rate, seconds=seconds)
    finally:
        revoke_ingest_key(key, by=operator())
    words = (
        "{sent} events in {seconds:.0f} s: {accepted} accepted, {duplicates} known already,"
        " {rejected} rejected; slowest answer {slowest:.2f} s."
    )
    tell(words.format(**asdict(sent)), asdict(sent), as_json=as_json)
