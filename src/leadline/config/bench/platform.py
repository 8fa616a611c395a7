"""The platform: events over HTTP, and the live screens (PLT-2, PLT-4, PLT-5)."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection
from django.urls import reverse

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import A_SECOND, Goal, Measured, row
from leadline.config.bench.serving import serving
from leadline.config.bench.timing import measured
from leadline.config.playing import Play, Player
from leadline.config.playing.sending import Server
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.people.models import User
from leadline.platform.actions import make_ingest_key, revoke_ingest_key
from leadline.platform.queries.online import online_for
from leadline.platform.queries.payments import newest_payment

USERS, ONLINE, EVENTS_EACH = 1_000_000, 2_000, 10
SENDERS, LASTS = 4, 15.0
ONLINE_SQL = (
    "SELECT u.id, u.name, p.page, p.online_since FROM platform_platformpulse p"
    " JOIN platform_platformuser u ON u.id = p.user_id"
    " WHERE p.online_since IS NOT NULL AND p.last_seen_at > now() - interval '5 minutes'"
    " ORDER BY p.online_since DESC LIMIT 101"
)
PAYMENTS_SQL = "SELECT * FROM platform_payment ORDER BY at DESC, id DESC LIMIT 51"
# As many users as there are customers, up to a million: each of the customer whose e-mail it has.
_PLANT = (
    f"""
INSERT INTO platform_platformuser (external_id, email, name, phone, country, language, customer_id, linked_by,
                                   registered_at, told_at, created_at, updated_at, version)
SELECT 'bench-' || id, email, name, '', country, '', id, 'email', created_at, now(), now(), now(), 1
  FROM customers_customer WHERE archived_at IS NULL ORDER BY id LIMIT {USERS} ON CONFLICT DO NOTHING
""",
    """
INSERT INTO platform_platformpulse (user_id, last_seen_at, last_login_at, page, device, balance_currency,
                                    deposits, failed_deposits, last_event)
SELECT id, now() - random() * interval '90 days', now() - random() * interval '90 days', '/', 'Android', '',
       0, 0, 'seen' FROM platform_platformuser ON CONFLICT DO NOTHING
""",
    """
INSERT INTO platform_payment (user_id, at, kind, state, method, amount, currency, reason, account, made_by,
                              country, event_id, received_at)
SELECT id, now() - random() * interval '180 days', 'deposit',
       CASE WHEN random() < 0.2 THEN 'failed' ELSE 'done' END,
       (ARRAY['card', 'bank_transfer', 'e_wallet'])[1 + floor(random() * 3)::int], 50, 'EUR', '', '', '',
       country, 'bench-' || id, now()
  FROM platform_platformuser WHERE id % 2 = 0
""",
    f"""
INSERT INTO platform_platformevent (id, at, user_id, kind, event_id, details, received_at)
SELECT (random() * 9007199254740991)::bigint, now() - random() * interval '90 days', id,
       (ARRAY['seen', 'page', 'logged_in'])[1 + floor(random() * 3)::int], 'bench', '{{}}', now()
  FROM platform_platformuser, generate_series(1, {EVENTS_EACH}) ON CONFLICT DO NOTHING
""",
    "ANALYZE platform_platformuser, platform_platformpulse, platform_payment, platform_platformevent",
)
_COME_ONLINE = f"""
UPDATE platform_platformpulse
   SET online_since = now() - random() * interval '1 hour', last_seen_at = now() + interval '10 minutes'
 WHERE user_id IN (SELECT id FROM platform_platformuser TABLESAMPLE SYSTEM (1) LIMIT {ONLINE})
"""


@row("Platform: online now, a refresh", Goal(10), changes_data=True)
def online(data: Data) -> dict[str, Measured]:
    """While nothing changed (204), and the whole part anew; two thousand people are there."""
    _planted()
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
    _planted()
    address = reverse("payments:state")
    seen = f"{address}?seen={newest_payment()}"
    found = {"nothing new": measured([fetch(data.administrator, seen)], data.times, raw=[(PAYMENTS_SQL, [])])}
    for name, user in data.people.items():
        found[f"{name}, all anew"] = measured([fetch(user, address)], data.times, raw=[(PAYMENTS_SQL, [])])
    return found


@row("Platform: events in batches of 500, 2 workers", Goal(15_000, A_SECOND, most=False), changes_data=True)
def batches(data: Data) -> dict[str, Measured]:
    """Signed, over HTTP; the senders run on the same machine and take their share of it."""
    return {"events": _sent(500)}


@row("Platform: one event a request, 2 workers", Goal(300, A_SECOND, most=False), changes_data=True)
def singles(data: Data) -> dict[str, Measured]:
    """The same, one by one."""
    return {"requests": _sent(1)}


def _planted() -> None:
    """Users, pulses, payments and events beside the customers of the data set; two thousand are online."""
    if not query("SELECT 1 FROM platform_platformuser WHERE external_id ^@ 'bench-' LIMIT 1"):
        for statement in _PLANT:
            _run(statement)
    _run("UPDATE platform_platformpulse SET online_since = NULL WHERE online_since IS NOT NULL")
    _run(_COME_ONLINE)


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _sent(batch: int) -> Measured:
    """Events taken in a second, by several senders at once, each with people of its own."""
    counts = [[0, 0] for _ in range(SENDERS)]
    with _key() as secret, serving() as served:
        address = f"http://localhost:{served.port}"
        works = [_sender(address, secret, number, batch, counts[number]) for number in range(SENDERS)]
        start = time.perf_counter()
        threads = [threading.Thread(target=work, args=[start + LASTS]) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - start
    accepted, other = (sum(count[place] for count in counts) for place in (0, 1))
    return Measured(accepted / seconds, note=f"{accepted:,} accepted, {other} not")


def _sender(url: str, secret: str, number: int, batch: int, count: list[int]) -> Callable[[float], None]:
    run = f"bench-{time.time_ns()}-{number}"
    play = Play([Player(f"b-{number}-{n}", is_known=True) for n in range(2_000)], seed=number, run=run)
    moment = now()
    batches = [
        play.events(batch, since=moment - timedelta(minutes=1), until=moment)
        for _ in range(300 if batch > 1 else 6_000)
    ]

    def work(until: float) -> None:
        server = Server(url, secret)
        for events in batches:
            if time.perf_counter() > until:
                return
            answered: dict[str, Any] = server.send(events)
            count[0] += answered["accepted"]
            count[1] += answered["duplicates"] + answered["rejected"]

    return work


@contextmanager
def _key() -> Iterator[str]:
    by = Actor(User.objects.house(), via="cli")
    key = make_ingest_key(name="Benchmark", by=by)
    try:
        yield key.secret
    finally:
        revoke_ingest_key(key, by=by)
