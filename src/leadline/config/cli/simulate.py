"""`leadline simulate`."""

import secrets
from dataclasses import asdict
from typing import Annotated

import typer
from django.conf import settings

from leadline.config.cli.database import operator, tell, with_database
from leadline.config.playing import Play
from leadline.config.playing.checking import what_is_stored
from leadline.config.playing.players import players_among
from leadline.config.playing.sending import Server, perform
from leadline.platform.actions import make_ingest_key, revoke_ingest_key

TWICE_EACH = 20

app = typer.Typer(help="Plays, for demonstrations and load tests.", no_args_is_help=True)


@app.callback()
def simulate() -> None:
    pass


@app.command()
@with_database
def platform(
    rate: Annotated[int, typer.Option(min=1, max=2_000, help="Events a second.")] = 20,
    seconds: Annotated[int, typer.Option(min=1, help="How long.")] = 60,
    minutes: Annotated[float, typer.Option(min=0, help="How long, instead of seconds.")] = 0,
    days: Annotated[
        float, typer.Option(min=0, max=60, help="Play so many days up to now in that time; 7 is a week.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="The same number plays the same.")] = 1,
    customers: Annotated[int, typer.Option(min=0, help="How many of the customers here take part.")] = 200,
    strangers: Annotated[int, typer.Option(min=0, help="How many people whom nobody knows yet.")] = 50,
    url: Annotated[str, typer.Option(help="The server; without it, LEADLINE_URL.")] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Count in the database here that each event is stored once.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line.")] = False,
) -> None:
    """Play a lively platform against the API of a server that runs: logins, pages, deposits, failures.

    It signs with a key that is made for the play and revoked after it. Events are in the history as real ones
    are: do this on a demonstration. With --check each twentieth batch is sent twice, and the command fails if
    an event is missing or doubled.

    Example: leadline simulate platform --rate 200 --minutes 10 --days 7 --check
    """
    run = secrets.token_hex(4)
    key = make_ingest_key(name="Simulator", by=operator())
    try:
        players = players_among(customers, strangers, run=run) or players_among(0, 1, run=run)
        play = Play(players, seed=seed, run=run)
        server = Server(url or settings.LEADLINE_URL, key.secret)
        twice = TWICE_EACH if check else 0
        sent = perform(play, server, rate=rate, seconds=minutes * 60 or seconds, days=days, twice_each=twice)
    finally:
        revoke_ingest_key(key, by=operator())
    words = (
        "{sent} events in {seconds:.0f} s: {accepted} accepted, {duplicates} known already,"
        " {rejected} rejected; slowest answer {slowest:.2f} s."
    )
    result = asdict(sent)
    if check:
        stored = what_is_stored(sent, run=run, days=days)
        result |= {**asdict(stored), "is_well": stored.is_well}
        words += " {again} were sent twice. Stored: {stored} events, {doubled} doubled, {missing} missing;"
        words += " {payments} payments, {payments_doubled} doubled, {payments_missing} missing."
    tell(words.format(**result), result, as_json=as_json)
    if check and not result["is_well"]:
        raise typer.Exit(1)
