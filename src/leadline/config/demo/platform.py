"""The demo's platform: two months of visits, four weeks of much besides, and who is there now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from leadline.config.playing import Play
from leadline.config.playing.play import spread
from leadline.config.playing.players import players_among
from leadline.core.actions import Actor
from leadline.core.clock import at, now
from leadline.platform.actions import ingest_events
from leadline.platform.usage import bring_up_to_date

DAYS, A_DAY, LATELY = 28, 150, 120
VISITED, VISITS, LONGEST = 60, 18, 25  # days, visits of each, minutes
RUN = "demo"


def play_platform(customers: int, *, seed: int, by: Actor) -> int:
    """Let a part of the customers use the platform, some strangers too; returns how many events that were."""
    players = players_among(min(max(customers // 3, 1), 120), 12, run=RUN)
    play = Play(players, seed=seed, run=RUN)
    moment, taken = now(), 0
    for since, until in spread(VISITED, moment - timedelta(hours=1)):
        with at(until):
            taken += ingest_events(_visits(play, since), by=by).accepted
    for since, until in spread(DAYS, moment - timedelta(minutes=4)):
        with at(until):
            taken += ingest_events(play.events(A_DAY, since=since, until=until), by=by).accepted
    lately = play.events(LATELY, since=moment - timedelta(minutes=4), until=moment)
    taken += ingest_events(lately, by=by).accepted
    bring_up_to_date(by=by)
    return taken


def _visits(play: Play, since: datetime) -> list[dict[str, Any]]:
    """What people do on a day, each for a while."""
    starts = [since + timedelta(minutes=play.chance.randrange(23 * 60)) for _visit in range(VISITS)]
    return [
        told for start in starts for told in play.visit(at=start, minutes=play.chance.randint(3, LONGEST))
    ]
