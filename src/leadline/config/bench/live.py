"""How soon an event of the platform is on a screen and on a rep's list, under load (PLT-4, PLT-5, PLT-6)."""

import http.client
import threading
import time
from collections.abc import Sequence
from datetime import datetime
from statistics import median, quantiles
from typing import Any

from django.urls import reverse

from leadline.config.bench.data import Data, query
from leadline.config.bench.platform import bench_key, come_online
from leadline.config.bench.registry import SECONDS, Goal, Measured, row
from leadline.config.bench.serving import cookie_of, serving
from leadline.config.playing import Play, Player
from leadline.config.playing.sending import Server, perform
from leadline.core.clock import now
from leadline.platform.queries.payments import newest_payment

RATE, LASTS, PLAYERS = 200, 40.0, 2_000
EVERY = 1.0  # seconds between two questions of an open page
PATIENCE = 30.0
_PLAYERS = """
SELECT known.external_id FROM leads_onplatform told
  JOIN platform_platformuser known ON known.id = told.user_id
  JOIN leads_lead lead ON lead.id = told.lead_id JOIN leads_stage stage ON stage.id = lead.stage_id
 WHERE told.owner_id IS NOT NULL AND stage.kind = 'open' AND lead.archived_at IS NULL
 ORDER BY told.lead_id DESC LIMIT %s
"""
_PAID = "SELECT id, received_at FROM platform_payment WHERE received_at >= %s ORDER BY id"
# The task that a failed deposit became: the first about its lead since.
_TASKS = """
SELECT extract(epoch FROM min(task.created_at) - paid.received_at)::float
  FROM platform_payment paid JOIN leads_onplatform told ON told.user_id = paid.user_id
  LEFT JOIN tasks_task task ON task.about_kind = 'lead' AND task.about_id = told.lead_id
        AND task.created_at >= paid.received_at
 WHERE paid.state = 'failed' AND paid.received_at >= %s GROUP BY paid.id, paid.received_at
"""


@row("Platform: from an event to screen and task, 200 a second", Goal(2, SECONDS, p95=2), changes_data=True)
def live(data: Data) -> dict[str, Measured]:
    """From when the server got it; a page that asks each second, and the provided rule's task."""
    come_online()
    start = now()
    with bench_key() as secret, serving() as served:
        seen: list[tuple[int, datetime]] = []
        over = threading.Event()
        headers = {"Cookie": cookie_of(data.administrator.pk), "Host": f"localhost:{served.port}"}
        screen = threading.Thread(target=_watch, args=[served.port, headers, seen, over])
        screen.start()
        players = [Player(key, is_known=True) for (key,) in query(_PLAYERS, [PLAYERS])]
        play = Play(players, seed=time.time_ns(), run=f"live-{time.time_ns()}")
        sent = perform(play, Server(f"http://localhost:{served.port}", secret), rate=RATE, seconds=LASTS)
        time.sleep(EVERY * 2)
        over.set()
        screen.join()
        tasks = _tasks_since(start)
    note = f"{sent.accepted / sent.seconds:,.0f} events a second"
    shown = [_shown_after(pk, at, seen) for pk, at in query(_PAID, [start])]
    return {
        "to the payment log": _measured([each for each in shown if each is not None], shown, note),
        "to the task": _measured([each for each in tasks if each is not None], tasks, note),
    }


def _watch(
    port: int, headers: dict[str, str], seen: list[tuple[int, datetime]], over: threading.Event
) -> None:
    """Ask for the log's state as the page does, and keep what was the newest payment when it answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    newest = newest_payment()
    while not over.wait(EVERY):
        connection.request("GET", f"{reverse('payments:state')}?seen={newest}", headers=headers)
        response = connection.getresponse()
        page = response.read().decode()
        if response.status == 200:
            newest = int(page.rpartition("seen=")[2].split('"')[0])
            seen.append((newest, now()))


def _tasks_since(start: datetime) -> list[float | None]:
    """Seconds from each failed deposit to its task; waits until all are there, for a while."""
    until = time.monotonic() + PATIENCE
    while True:
        found = [taken for (taken,) in query(_TASKS, [start])]
        if None not in found or time.monotonic() > until:
            return found
        time.sleep(0.5)


def _shown_after(pk: int, at: datetime, seen: Sequence[tuple[int, datetime]]) -> float | None:
    moment = next((moment for newest, moment in seen if newest >= pk), None)
    return (moment - at).total_seconds() if moment else None


def _measured(taken: list[float], all_of_them: Sequence[Any], note: str) -> Measured:
    return Measured(
        median(taken), quantiles(taken, n=20)[-1], note=f"{len(taken)} of {len(all_of_them)}; {note}"
    )
