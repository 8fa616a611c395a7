"""What the platform tells of one customer, or of one lead (PLT-3, LEA-1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from leadline.core.clock import now
from leadline.core.formats import money
from leadline.platform.models import (
    DepositedSum,
    Payment,
    PlatformEvent,
    PlatformPulse,
    PlatformUser,
    months_away,
)
from leadline.platform.queries.online import online_after

if TYPE_CHECKING:
    from leadline.people.models import User

RECENT, LATELY = 5, timedelta(days=90)
MOST_USERS = 20


@dataclass(frozen=True)
class OfPerson:
    """Who of a customer or lead is on the platform, how that stands, and what happened lately."""

    users: Sequence[PlatformUser]
    online: frozenset[int]
    deposited: Sequence[tuple[str, Decimal]]
    events: Sequence[PlatformEvent]
    payments: Sequence[Payment]

    @property
    def archived_until(self) -> date | None:
        """The last archived month that may hold something of them; none where they came later."""
        came = min(user.created_at for user in self.users)
        return max((date(*month, 1) for month, at in months_away().items() if at >= came), default=None)

    @property
    def pulses(self) -> list[PlatformPulse]:
        """The pulses of those who ever did something."""
        return [user.pulse for user in self.users if hasattr(user, "pulse")]

    @property
    def last_login(self) -> PlatformPulse | None:
        """Who logged in last."""
        pulses = [pulse for pulse in self.pulses if pulse.last_login_at]
        return max(pulses, key=lambda pulse: pulse.last_login_at or online_after(), default=None)

    @property
    def deposited_words(self) -> str:
        """What was deposited, each currency for itself."""
        return " · ".join(money(amount, currency) for currency, amount in self.deposited)

    @property
    def deposits(self) -> int:
        """How often somebody of them deposited."""
        return sum(pulse.deposits for pulse in self.pulses)

    @property
    def failed_deposits(self) -> int:
        """How often a deposit failed."""
        return sum(pulse.failed_deposits for pulse in self.pulses)


def platform_of(customer_id: int, user: User) -> OfPerson | None:
    """What this person may see of a customer on the platform; None where nobody of it is known there."""
    rows = PlatformUser.objects.visible_to(user).filter(customer=customer_id).select_related("pulse")
    people = list(rows.order_by("pk")[:MOST_USERS])
    return _of(people, Payment.objects.visible_to(user)) if people else None


def platform_of_user(user_id: int | None) -> OfPerson | None:
    """The same of one user of the platform, for whoever sees the lead that it is."""
    people = list(PlatformUser.objects.filter(pk=user_id).select_related("pulse")) if user_id else []
    return _of(people, Payment.objects.all()) if people else None


def _of(people: list[PlatformUser], seen: QuerySet[Payment]) -> OfPerson:
    ids = [one.pk for one in people]
    since = online_after()
    there = {
        pulse.pk
        for pulse in (one.pulse for one in people if hasattr(one, "pulse"))
        if _is_there(pulse, since)
    }
    sums: dict[str, Decimal] = {}
    for currency, amount in DepositedSum.objects.filter(user__in=ids).values_list("currency", "amount"):
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    events = PlatformEvent.objects.filter(user__in=ids, at__gt=now() - LATELY).order_by("-at", "-id")
    payments = seen.filter(user__in=ids).order_by("-at", "-id")
    return OfPerson(
        people, frozenset(there), sorted(sums.items()), list(events[:RECENT]), list(payments[:RECENT])
    )


def _is_there(pulse: PlatformPulse, since: object) -> bool:
    return bool(pulse.online_since and pulse.last_seen_at and pulse.last_seen_at > since)  # type: ignore[operator]
