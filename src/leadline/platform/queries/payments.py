"""What the log of payments adds up to, and whether more fail than usual (PLT-5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import blake2b
from heapq import nsmallest
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.cache import cache
from django.db import connection

from leadline.core.clock import now
from leadline.core.lists.asking import Asking
from leadline.core.lists.finding import Finding
from leadline.core.lists.scope import Scope
from leadline.core.planned import planned
from leadline.platform.reaching import OfTheseUsers, payments_reached

if TYPE_CHECKING:
    from leadline.core.conditions import Context
    from leadline.people.models import User

AT_MOST = timedelta(days=31)
LATELY, USUALLY = timedelta(hours=24), timedelta(days=28)
FEWEST, CLEARLY, DEVIATIONS = 20, 1.5, 3.0
KEPT = 60  # seconds
_GROUPED = (
    "SELECT platform_payment.method, platform_payment.country, platform_payment.reason,"
    " platform_payment.kind, platform_payment.state, platform_payment.currency, count(*),"
    " sum(platform_payment.amount)"
)
_RATES = """
SELECT platform_payment.method,
       count(*) FILTER (WHERE platform_payment.at > %s AND platform_payment.state = 'failed'),
       count(*) FILTER (WHERE platform_payment.at > %s),
       count(*) FILTER (WHERE platform_payment.at <= %s AND platform_payment.state = 'failed'),
       count(*) FILTER (WHERE platform_payment.at <= %s)
  FROM platform_payment
 WHERE platform_payment.kind = 'deposit' AND platform_payment.at > %s AND
"""


@dataclass
class Total:
    """Attempts of one method, country or reason: how many, how many failed, and what was paid in."""

    key: str
    attempts: int = 0
    failed: int = 0
    amounts: dict[str, Decimal] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """The share that failed."""
        return self.failed / self.attempts if self.attempts else 0.0

    def add(self, state: str, currency: str, count: int, amount: Decimal) -> None:
        """Attempts that ended alike: how many, and what was paid in one currency."""
        self.attempts += count
        if state == "failed":
            self.failed += count
        else:
            self.amounts[currency] = self.amounts.get(currency, Decimal(0)) + amount


@dataclass
class Totals:
    """What the payments of a list add up to; `amounts` are what came in, each currency for itself."""

    deposits: Total = field(default_factory=lambda: Total("deposit"))
    withdrawals: Total = field(default_factory=lambda: Total("withdrawal"))
    methods: dict[str, Total] = field(default_factory=dict)
    countries: dict[str, Total] = field(default_factory=dict)
    reasons: dict[str, Total] = field(default_factory=dict)

    def add(self, rows: Iterable[tuple[Any, ...]]) -> Totals:
        """The same with more payments: rows of `_GROUPED`."""
        for method, country, reason, kind, *sums in rows:
            if kind == "withdrawal":
                self.withdrawals.add(*sums)
                continue
            self.deposits.add(*sums)
            for groups, key in ((self.methods, method), (self.countries, country), (self.reasons, reason)):
                if key:
                    groups.setdefault(key, Total(key)).add(*sums)
        return self


class _Kept(NamedTuple):
    """Totals as they were at a moment, with the payments that came until `newest`."""

    at: datetime
    newest: int
    totals: Totals


@dataclass(frozen=True)
class Failing:
    """How many deposits fail lately (24 hours) and usually (four weeks before); `method` is "" for all."""

    method: str
    failed: int
    attempts: int
    usual: float

    @property
    def rate(self) -> float:
        """The share that failed lately."""
        return self.failed / self.attempts if self.attempts else 0.0

    @property
    def is_alarming(self) -> bool:
        """Clearly above the usual: half as much again, beyond three deviations, and of twenty at least."""
        if self.attempts < FEWEST:
            return False
        chance = DEVIATIONS * sqrt(max(self.usual * (1 - self.usual), 0.0025) / self.attempts)
        return self.rate > max(self.usual * CLEARLY, self.usual + chance)


def totals_of(asking: Asking, *, newest: int, scope: Scope, context: Context) -> Totals:
    """The sums over what a list shows, of the last 31 days at most, up to the `newest` payment.

    Those of all payments, or of a few payers, are kept for a minute, and what came since is added at each
    look: hundreds of thousands a day are not added up anew each second for everybody who watches.
    """
    finding = Finding(replace(asking.from_start(), archived="all"), scope, context)
    if asking.q or not (scope.everything or isinstance(scope, OfTheseUsers)):
        return Totals().add(_summed(finding, newest=newest))
    asked = repr((asking.where.given, scope)).encode()
    key = f"platform.totals.{blake2b(asked, digest_size=16).hexdigest()}"
    kept = cache.get(key)
    if kept is None or context.now - kept.at >= timedelta(seconds=KEPT):
        kept = _Kept(context.now, 0, Totals())
    if newest > kept.newest:
        rows = _summed(finding, newest=newest, after=kept.newest)
        kept = _Kept(kept.at, newest, kept.totals.add(rows))
        cache.set(key, kept, timeout=KEPT)
    return kept.totals


def _summed(finding: Finding, *, newest: int, after: int = 0) -> list[tuple[Any, ...]]:
    """Sums over those after one payment, up to another: by their ids, in the order in which they came."""
    source, params = finding.source_sql(finding.scope.sql(finding.asking.catalogue.scoped_by))
    bounds = " AND platform_payment.at > %s AND platform_payment.id > %s AND platform_payment.id <= %s"
    given = [*params, finding.context.now - AT_MOST, after, newest]
    with connection.cursor() as cursor:
        cursor.execute(f"{_GROUPED} {source}{bounds} GROUP BY 1, 2, 3, 4, 5, 6", given)
        return list(cursor.fetchall())


def newest_payment() -> int:
    """The id of the payment that came last: while it is the same, nothing new is to be shown."""
    with planned() as cursor:
        cursor.execute("SELECT id FROM platform_payment ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return row[0] if row else 0


def failing_for(user: User) -> list[Failing]:
    """How many deposits fail within a person's reach: all methods first, then each; kept for a minute."""
    within = payments_reached(user)
    key = f"platform.failing.{'all' if within.everything else user.pk}"
    found = cache.get(key)
    if found is None:
        found = _failing(*within.sql("platform_payment"))
        cache.set(key, found, timeout=KEPT)
    return found


def _failing(test: str, params: list[Any]) -> list[Failing]:
    lately, usually = now() - LATELY, now() - LATELY - USUALLY
    with connection.cursor() as cursor:
        cursor.execute(f"{_RATES} {test} GROUP BY 1 ORDER BY 3 DESC", [lately] * 4 + [usually, *params])
        rows = cursor.fetchall()
    whole = ("", *(sum(row[place] for row in rows) for place in (1, 2, 3, 4)))
    return [
        Failing(method, failed, attempts, before_failed / before if before else 0.0)
        for method, failed, attempts, before_failed, before in (whole, *rows)
    ]


def largest(groups: dict[str, Total], most: int) -> list[Total]:
    """The totals with the most attempts."""
    return nsmallest(most, groups.values(), key=lambda total: (-total.attempts, total.key))
