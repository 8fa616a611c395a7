"""The demo's platform: four weeks of what its customers did there, and who is there now."""

from __future__ import annotations

from datetime import timedelta

from leadline.config.playing import Play
from leadline.config.playing.play import spread
from leadline.config.playing.players import players_among
from leadline.core.actions import Actor
from leadline.core.clock import at, now
from leadline.platform.actions import ingest_events

DAYS, A_DAY, LATELY = 28, 150, 120
RUN = "demo"


def play_platform(customers: int, *, seed: int, by: Actor) -> int:
    """Let a part of the customers use the platform, some strangers too; returns how many events that were."""
    players = players_among(min(max(customers // 3, 1), 120), 12, run=RUN)
    play = Play(players, seed=seed, run=RUN)
    moment, taken = now(), 0
    for since, until in spread(DAYS, moment - timedelta(minutes=4)):
        with at(until):
            taken += ingest_events(play.events(A_DAY, since=since, until=until), by=by).accepted
    lately = play.events(LATELY, since=moment - timedelta(minutes=4), until=moment)
    return taken + ingest_events(lately, by=by).accepted
