"""How capabilities are used across customers, as of the last count (PLT-7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection

from leadline.people.scope import reach
from leadline.plans.models import Capability
from leadline.platform.models import UsagePlace

if TYPE_CHECKING:
    from leadline.people.models import User

_SUMS = """
SELECT capability_id, sum(customers), sum(customers_before), sum(near), sum("full"), sum(over),
       sum(used), sum(before), sum(times)
  FROM platform_utilisation WHERE {where} GROUP BY capability_id
"""


@dataclass(frozen=True)
class Line:
    """One capability over the customers within reach, this month and the last (`…_before`).

    `used` is what all of them used together; it says nothing of switches and levels.
    """

    capability: Capability
    known: int
    customers: int = 0
    customers_before: int = 0
    near: int = 0
    full: int = 0
    over: int = 0
    used: Decimal = Decimal(0)
    used_before: Decimal = Decimal(0)
    times: int = 0

    @property
    def share(self) -> float | None:
        """The part of the customers known on the platform who use it; None where there are none."""
        return self.customers / self.known if self.known else None

    @property
    def adds_up(self) -> bool:
        """Whether what several customers use is a sum."""
        return self.capability.kind in (Capability.Kind.METERED, Capability.Kind.QUANTITY)


@dataclass(frozen=True)
class Utilisation:
    """All capabilities in use, the customers known on the platform, and as of when; None before any count."""

    lines: list[Line]
    known: int
    counted_at: datetime | None


SORTS: Mapping[str, Callable[[Line], Any]] = {
    "name": lambda line: line.capability.label.casefold(),
    "customers": lambda line: -line.customers,
    "used": lambda line: -line.used,
    "near": lambda line: -line.near,
    "full": lambda line: -line.full,
    "over": lambda line: -line.over,
}


def utilisation_for(
    user: User, *, kind: str = "", team: int | None = None, sort: str = "customers"
) -> Utilisation:
    """How the customers within this person's reach use each capability; perhaps of one kind, or team, alone.

    Three questions to the database, whatever the number of customers.
    """
    within = reach(user, "usage", "view")
    where, params = within.sql("platform_utilisation")
    if team is not None:
        where, params = f"{where} AND team_id = %s", [*params, team]
    where += " AND is_whole" if within.everything and team is None else " AND NOT is_whole"
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(where=where), params)
        sums = {key: counts for key, *counts in cursor.fetchall()}
    known = int(sums.pop(None, [0])[0])
    capabilities = Capability.objects.in_use()
    if kind:
        capabilities = capabilities.filter(kind=kind)
    lines = [_line(each, known, sums.get(each.pk)) for each in capabilities]
    lines.sort(key=lambda line: (SORTS.get(sort, SORTS["customers"])(line), line.capability.label.casefold()))
    place = UsagePlace.objects.filter(pk=1).first()
    return Utilisation(lines, known, place.tallied_at if place else None)


def _line(capability: Capability, known: int, sums: list[Any] | None) -> Line:
    if sums is None:
        return Line(capability, known)
    customers, before, near, full, over, used, used_before, times = sums
    return Line(
        capability,
        known,
        int(customers),
        int(before),
        int(near),
        int(full),
        int(over),
        used,
        used_before,
        int(times),
    )
