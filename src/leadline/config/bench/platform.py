"""The platform: events over HTTP, and the live screens (PLT-2, PLT-4, PLT-5)."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import A_SECOND, Goal, Measured, row
from leadline.config.bench.serving import PATIENCE, serving
from leadline.config.bench.timing import measured
from leadline.config.demo.beginning import prepare
from leadline.config.playing import Play, Player
from leadline.config.playing.sending import MOST, Server
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.events.telling import tell_those_who_wait
from leadline.people.models import User
from leadline.people.scope import reach
from leadline.platform.actions import make_ingest_key, revoke_ingest_key
from leadline.platform.actions.following import tell_followers
from leadline.platform.queries.online import online_for
from leadline.platform.queries.payments import newest_payment
from leadline.platform.usage import catch_up

ONLINE = 2_000
PAYING, PAID = 200, 3  # customers of each person, and how often each paid
SENDERS, PLAYERS, LASTS = 8, 1_000, 15.0
MOST_EVENTS = 600_000  # that are written down before, so that the senders only send
ONLINE_SQL = (
    "SELECT u.id, u.name, p.page, p.online_since FROM platform_platformpulse p"
    " JOIN platform_platformuser u ON u.id = p.user_id"
    " WHERE p.online_since IS NOT NULL AND p.last_seen_at > now() - interval '5 minutes'"
    " ORDER BY p.online_since DESC LIMIT 101"
)
PAYMENTS_SQL = "SELECT * FROM platform_payment ORDER BY at DESC, id DESC LIMIT 51"
_PAYING = f"""
WITH own AS (SELECT id, name FROM customers_customer WHERE {{test}} AND archived_at IS NULL LIMIT {PAYING}),
came AS (
    INSERT INTO platform_platformuser (external_id, email, name, phone, country, language, customer_id,
                                       linked_by, told_at, created_at, updated_at, version)
    SELECT 'paying-' || id, '', name, '', '', '', id, 'id', now(), now(), now(), 1 FROM own
    ON CONFLICT DO NOTHING RETURNING id
),
like_these AS (SELECT * FROM platform_payment ORDER BY at DESC, id DESC LIMIT {PAID})
INSERT INTO platform_payment (at, kind, state, method, amount, currency, reason, account, made_by, country,
                              event_id, received_at, user_id)
SELECT paid.at, paid.kind, paid.state, paid.method, paid.amount, paid.currency, paid.reason, paid.account,
       paid.made_by, paid.country, paid.event_id || '-' || came.id, paid.received_at, came.id
  FROM came CROSS JOIN like_these paid RETURNING id
"""
# Usage counts whole days of a person: what earlier runs sent of the same people would be counted all again.
_FORGET = """
WITH gone AS (
    DELETE FROM platform_platformevent WHERE at > now() - interval '2 days' AND user_id IN (
        SELECT id FROM platform_platformuser WHERE external_id ^@ 'ingest-') RETURNING id
)
SELECT FROM gone LIMIT 1
"""
_AT_WORK = """
SELECT FROM procrastinate_jobs
 WHERE status = 'doing' OR status = 'todo' AND coalesce(scheduled_at, now()) <= now() LIMIT 1
"""
_GO = "UPDATE platform_platformpulse SET online_since = NULL WHERE online_since IS NOT NULL RETURNING user_id"
_COME_ONLINE = f"""
UPDATE platform_platformpulse
   SET online_since = now() - random() * interval '1 hour', last_seen_at = now() + interval '10 minutes'
 WHERE user_id IN (SELECT user_id FROM platform_platformpulse ORDER BY last_login_at DESC NULLS LAST
                    LIMIT {ONLINE})
RETURNING user_id
"""


@row("Platform: online now, a refresh", Goal(10), changes_data=True)
def online(data: Data) -> dict[str, Measured]:
    """While nothing changed (204), and the whole part anew; two thousand people are there."""
    come_online()
    address = reverse("platform:online_state")
    raw: list[tuple[str, Any]] = [(ONLINE_SQL, [])]
    found = {}
    for name, user in data.people.items():
        seen = f"{address}?seen={online_for(user).fingerprint}"
        found[f"{name}, nothing new"] = measured([fetch(user, seen)], data.times, raw=raw)
        found[f"{name}, all anew"] = measured([fetch(user, address)], data.times, raw=raw)
    return found


@row("Platform: payment log, a refresh", Goal(10), changes_data=True)
def payments(data: Data) -> dict[str, Measured]:
    """While nothing came (204), and the whole part anew with sums, alert and fifty rows."""
    come_online()
    address = reverse("payments:state")
    seen = f"{address}?seen={newest_payment()}"
    found = {"nothing new": measured([fetch(data.administrator, seen)], data.times, raw=[(PAYMENTS_SQL, [])])}
    with transaction.atomic():
        for user in data.people.values():
            _let_pay(user)
        for name, user in data.people.items():
            found[f"{name}, all anew"] = measured(
                [fetch(user, address)], data.times, raw=[(PAYMENTS_SQL, [])]
            )
        transaction.set_rollback(True)
    return found


def _let_pay(user: User) -> None:
    """Customers in a person's reach on the platform, paying: the payers of the data set are leads."""
    test, params = reach(user, "payment", "view").sql("customers_customer")
    query(_PAYING.format(test=test), params)


@row("Platform: events in batches of 500, 2 workers", Goal(15_000, A_SECOND, most=False), changes_data=True)
def batches(data: Data) -> dict[str, Measured]:
    """Signed, over HTTP; the senders run on the same machine and take their share of it."""
    return {"events": _sent(500)}


@row("Platform: one event a request, 2 workers", Goal(300, A_SECOND, most=False), changes_data=True)
def singles(data: Data) -> dict[str, Measured]:
    """The same, one by one."""
    return {"requests": _sent(1)}


def come_online() -> None:
    """The leads of the data set on the platform (made here where it has none); two thousand are there now."""
    by = Actor(User.objects.house(), via="cli")
    prepare(by=by)
    there = [pk for (pk,) in query(_GO)] + [pk for (pk,) in query(_COME_ONLINE)]
    tell_followers(there)
    # Nowhere do so many come and go at once: what they were before is no part of the page.
    query("VACUUM platform_platformpulse")
    query("ANALYZE platform_platformuser")  # another row links thousands to customers


def _sent(batch: int) -> Measured:
    """Events taken in a second, by several senders at once, each with people of its own."""
    _begin_anew()
    counts = [[0, 0] for _ in range(SENDERS)]
    with bench_key() as secret, serving() as served:
        address = f"http://localhost:{served.port}"
        works = [_sender(address, secret, number, batch, counts[number]) for number in range(SENDERS)]
        _wait_for_the_queue()
        start = time.perf_counter()
        threads = [threading.Thread(target=work, args=[start + LASTS]) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - start
    accepted, other = (sum(count[place] for count in counts) for place in (0, 1))
    return Measured(accepted / seconds, note=f"{accepted:,} accepted, {other} not")


def _begin_anew() -> None:
    """Nothing of earlier runs is there or waits: its work would be done in this one."""
    if query(_FORGET):
        query("VACUUM platform_platformevent")
    tell_those_who_wait()
    catch_up(by=Actor(User.objects.house(), via="cli"))


def _wait_for_the_queue() -> None:
    """A worker that starts does first what fell due while there was none: once a night, each ten minutes."""
    until = time.monotonic() + PATIENCE
    while query(_AT_WORK) and time.monotonic() < until:
        time.sleep(0.5)


def _sender(url: str, secret: str, number: int, batch: int, count: list[int]) -> Callable[[float], None]:
    run = f"bench-{time.time_ns()}-{number}"
    players = [Player(f"ingest-{number}-{n}", is_known=True, is_there=True) for n in range(PLAYERS)]
    _introduce(players, run, Server(url, secret))
    play = Play(players, seed=number, run=run)
    moment = now()
    bodies = [
        json.dumps(play.events(batch, since=moment - timedelta(minutes=1), until=moment)).encode()
        for _ in range(min(MOST_EVENTS // batch, 30_000) // SENDERS)
    ]

    def work(until: float) -> None:
        server = Server(url, secret)
        for body in bodies:
            if time.perf_counter() > until:
                return
            answered = server.send_body(body)
            count[0] += answered["accepted"]
            count[1] += answered["duplicates"] + answered["rejected"]

    return work


def _introduce(players: list[Player], run: str, server: Server) -> None:
    """Let them be known and there: what is measured is a day like others, not the first."""
    for start in range(0, len(players), MOST):
        server.send(
            [
                {"id": f"{run}-{one.id}", "kind": "seen", "time": now().isoformat(), "user": {"id": one.id}}
                for one in players[start : start + MOST]
            ]
        )


@contextmanager
def bench_key() -> Iterator[str]:
    by = Actor(User.objects.house(), via="cli")
    key = make_ingest_key(name="Benchmark", by=by)
    try:
        yield key.secret
    finally:
        revoke_ingest_key(key, by=by)
