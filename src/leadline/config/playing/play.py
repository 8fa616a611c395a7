"""What people do on a platform, event after event, by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

PAGES = ("/", "/market", "/boats/used", "/boats/new", "/nets", "/account", "/account/deposit", "/messages")
DEVICES = ("Android", "iPhone", "Windows", "Mac", "iPad")
METHODS = ("card", "card", "card", "bank_transfer", "e_wallet", "qris")
REASONS = ("insufficient_funds", "insufficient_funds", "card_declined", "expired_card", "timeout", "E-4711")
# Capabilities with the most that is told at once; boosts are named nowhere here.
FEATURES = (
    *(("active_listings", 6), ("images_per_listing", 7), ("buyer_contacts", 5), ("data_export", 2)),
    *(("advanced_analytics", 1), ("bulk_operations", 1), ("competitor_analysis", 1), ("boosts", 3)),
)
CURRENCIES = {"ID": "IDR", "US": "USD", "GB": "GBP", "SG": "SGD", "AU": "AUD"}
AMOUNTS = (20, 50, 50, 100, 100, 250, 500, 1000)
# What somebody who is there does next, and how likely it is, in parts of a thousand.
NEXT = (
    ("seen", 420),
    ("page", 300),
    ("search", 80),
    ("listing_viewed", 60),
    ("logged_out", 40),
    ("deposit", 32),
    ("feature_used", 25),
    ("listing_created", 15),
    ("inquiry_received", 14),
    ("deposit_failed", 8),
    ("withdrawal", 4),
    ("feedback", 2),
)
KINDS, WEIGHTS = [kind for kind, _weight in NEXT], [weight for _kind, weight in NEXT]


@dataclass
class Player:
    """Somebody on the platform: known there by an id, perhaps one of our customers."""

    id: str
    email: str = ""
    name: str = ""
    country: str = ""
    is_there: bool = False
    is_known: bool = False
    balance: int = 100


class Play:
    """Plays people on a platform. `run` makes the ids of its events its own."""

    def __init__(self, players: Sequence[Player], *, seed: int, run: str):
        self.players = list(players)
        self.chance = random.Random(seed)  # noqa: S311 - a play, no secret
        self.run = run
        self.count = 0

    def events(self, count: int, *, since: datetime, until: datetime) -> list[dict[str, Any]]:
        """The next events, spread over a time."""
        step = (until - since) / max(count, 1)
        return [self._next(since + step * number) for number in range(count)]

    def visit(self, *, at: datetime, minutes: int) -> list[dict[str, Any]]:
        """Somebody comes, stays for some minutes, and leaves or falls silent."""
        player, until = self.chance.choice(self.players), at + timedelta(minutes=minutes)
        told = []
        while at < until:
            told.append(self._next(at, player))
            at += timedelta(seconds=self.chance.randint(30, 240))
        return told

    def _next(self, at: datetime, player: Player | None = None) -> dict[str, Any]:
        player = player or self.chance.choice(self.players)
        kind = self._kind(player)
        user = {"id": player.id, "email": player.email, "name": player.name, "country": player.country}
        self.count += 1
        event = {
            "id": f"{self.run}-{self.count}",
            "kind": kind,
            "time": at.isoformat(),
            "user": {name: value for name, value in user.items() if value},
        }
        return {**event, **self._details(kind, player)}

    def _kind(self, player: Player) -> str:
        if not player.is_known:
            player.is_known = player.is_there = True
            return "registered"
        if not player.is_there:
            player.is_there = True
            return "logged_in"
        kind = self.chance.choices(KINDS, WEIGHTS)[0]
        player.is_there = kind != "logged_out"
        return kind

    def _details(self, kind: str, player: Player) -> dict[str, Any]:
        chance = self.chance
        if kind in ("registered", "logged_in"):
            return {"device": chance.choice(DEVICES), "page": PAGES[0]}
        if kind in ("page", "listing_created"):
            return {"page": chance.choice(PAGES)}
        if kind in ("deposit", "deposit_failed", "withdrawal"):
            return self._payment(kind, player)
        if kind == "search":
            return {
                "query": chance.choice(("nets", "trawler", "sonar", "anchor")),
                "results": chance.randrange(90),
            }
        if kind == "feature_used":
            name, most = chance.choice(FEATURES)
            return {"capability": name, "amount": chance.randint(1, most)}
        return {"rating": chance.randrange(1, 6)} if kind == "feedback" else {}

    def _payment(self, kind: str, player: Player) -> dict[str, Any]:
        amount = self.chance.choice(AMOUNTS)
        paid: dict[str, Any] = {
            "amount": str(amount),
            "currency": CURRENCIES.get(player.country, "EUR"),
            "method": self.chance.choice(METHODS),
            "by": self.chance.choice(("self", "self", "rep")),
        }
        if kind == "deposit_failed":
            return {**paid, "account": "existing", "reason": self.chance.choice(REASONS)}
        player.balance += amount if kind == "deposit" else -amount
        known = {"account": self.chance.choice(("new", "existing"))} if kind == "deposit" else {}
        return {**paid, **known, "balance": str(player.balance)}


def spread(days: int, until: datetime) -> list[tuple[datetime, datetime]]:
    """The days before a moment, each from its beginning to its end."""
    return [(until - timedelta(days=day), until - timedelta(days=day - 1)) for day in range(days, 0, -1)]
