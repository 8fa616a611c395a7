"""Sending what is played to the API, at a steady rate (PLT-8)."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from leadline.config.playing.play import Play
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.core.secrets.signatures import signature, signed_text

PULSE = 0.5  # seconds between two batches
MOST = 1_000


@dataclass
class Sent:
    """What came of the play; `slowest` is the longest that the server took to answer, in seconds.

    `again` is how many events were sent a second time though they had been answered.
    """

    sent: int = 0
    accepted: int = 0
    duplicates: int = 0
    rejected: int = 0
    again: int = 0
    accepted_again: int = 0
    batches: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    failures: list[str] = field(default_factory=list)


class Server:
    """Where the events go: one kept connection, each message signed with a key of the platform."""

    def __init__(self, url: str, secret: str):
        parts = urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self.connection = kind(parts.hostname or "localhost", parts.port, timeout=30)
        self.secret = secret
        self.count = 0

    def send(self, events: list[dict[str, Any]]) -> dict[str, Any]:
        """The server's answer. Raises `RuleBroken` with what it said instead."""
        return self.send_body(json.dumps(events).encode())

    def send_body(self, body: bytes) -> dict[str, Any]:
        """The same for events that are written down already."""
        self.count += 1
        moment, message = str(int(now().timestamp())), f"play-{self.count}"
        signed = signature(self.secret, signed_text(message, moment, body))
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message,
            "webhook-timestamp": moment,
            "webhook-signature": f"v1,{signed}",
        }
        try:
            self.connection.request("POST", "/api/v1/events", body=body, headers=headers)
            response = self.connection.getresponse()
            content = response.read()
        except OSError as error:
            self.connection.close()
            raise RuleBroken(f"The server does not answer: {error}") from error
        if response.status != 200:
            raise RuleBroken(
                f"The server answered {response.status}: {content[:300].decode(errors='replace')}"
            )
        answered: dict[str, Any] = json.loads(content)
        return answered


def perform(
    play: Play,
    server: Server,
    *,
    rate: int,
    seconds: float,
    days: float = 0,
    twice_each: int = 0,
    wait: Callable[[float], None] = time.sleep,
) -> Sent:
    """Play for some seconds at a rate of events a second; a batch that fails is sent once more.

    What happens in these seconds is what happened in the last `days`, if any, up to now. Each batch of so
    many (`twice_each`) is sent twice, as by a platform that did not hear the answer.
    """
    sent = Sent()
    start, begun = time.perf_counter(), now()
    since, owed = begun - timedelta(days=days), 0.0
    while (gone := time.perf_counter() - start) < seconds:
        owed = rate * min(gone + PULSE, seconds) - sent.sent
        until = now() - timedelta(days=days) * max(0.0, 1 - (now() - begun).total_seconds() / seconds)
        batch = play.events(
            min(max(int(owed), 0), MOST), since=since, until=max(until, since + timedelta(milliseconds=1))
        )
        since = until
        if batch:
            _deliver(batch, server, sent)
            sent.batches += 1
            if twice_each and sent.batches % twice_each == 0:
                _send_again(batch, server, sent)
        wait(max(0.0, PULSE - (time.perf_counter() - start - gone)))
    sent.seconds = time.perf_counter() - start
    return sent


def _send_again(batch: list[dict[str, Any]], server: Server, sent: Sent) -> None:
    """All of it is known already: what is accepted now would be there twice."""
    try:
        sent.accepted_again += int(server.send(batch)["accepted"])
        sent.again += len(batch)
    except RuleBroken as failure:
        sent.failures.append(failure.message)


def _deliver(batch: list[dict[str, Any]], server: Server, sent: Sent) -> None:
    sent.sent += len(batch)
    for last in (False, True):
        begun = time.perf_counter()
        try:
            answered = server.send(batch)
        except RuleBroken as failure:
            if last:
                raise
            sent.failures.append(failure.message)
            continue
        sent.slowest = max(sent.slowest, time.perf_counter() - begun)
        sent.accepted += answered["accepted"]
        sent.duplicates += answered["duplicates"]
        sent.rejected += answered["rejected"]
        return
