"""How a customer uses the platform: day by day, against the days before, and against its limits (PLT-7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.clock import today
from leadline.core.organisation import organisation
from leadline.core.planned import planned
from leadline.core.refusals import RuleBroken
from leadline.core.sets import array_of
from leadline.people.scope import reach
from leadline.platform.models import FeatureUse

if TYPE_CHECKING:
    from leadline.customers.models import Customer
    from leadline.people.models import User

DAY = timedelta(days=1)
LONGEST = timedelta(days=366)
MEASURES: Mapping[str, Any] = {
    "logins": gettext_lazy("Logins"),
    "minutes": gettext_lazy("Minutes"),
    "listings": gettext_lazy("Listings"),
    "views": gettext_lazy("Views"),
    "inquiries": gettext_lazy("Inquiries"),
    "searches": gettext_lazy("Searches"),
}
DEFINITIONS: Mapping[str, Any] = {
    "logins": gettext_lazy("How often somebody of the customer logged in."),
    "minutes": gettext_lazy(
        "The time somebody was there: from one sign of life to the next, where these are at most five minutes"
        " apart, and until they logged out. A single sign of life is no minute; of several users each counts."
    ),
    "listings": gettext_lazy("Listings that were created."),
    "views": gettext_lazy("How often others looked at a listing of the customer."),
    "inquiries": gettext_lazy("Inquiries that a listing received."),
    "searches": gettext_lazy("Searches that were made."),
}
_DAYS = """
SELECT day, sum(logins), sum(seconds), sum(listings), sum(views), sum(inquiries), sum(searches)
  FROM platform_platformuser person JOIN platform_usageday its ON its.user_id = person.id
 WHERE person.customer_id = %s AND day >= %s AND day <= %s GROUP BY day
"""
_LINKED = """
WITH asked AS (SELECT unnest(%(users)s::bigint[]) AS id)
SELECT customer_id FROM platform_platformuser WHERE id IN (SELECT id FROM asked) AND customer_id IS NOT NULL
 UNION
SELECT named::bigint FROM core_history, jsonb_array_elements_text(changes -> 'customer_id') AS named
 WHERE kind = 'platform_user' AND record_id IN (SELECT id FROM asked) AND changes ? 'customer_id'
   AND named IS NOT NULL
"""


@dataclass(frozen=True)
class UsedOn:
    """What a customer did on a day; `minutes` are whole ones, rounded."""

    day: date
    logins: int = 0
    minutes: int = 0
    listings: int = 0
    views: int = 0
    inquiries: int = 0
    searches: int = 0


@dataclass(frozen=True)
class Usage:
    """A customer's usage from a first to a last day (both counted), in the organisation's zone.

    `days` has each of them; `before` sums up as many days before. `features` are what is used this month.
    """

    first: date
    last: date
    zone: str
    days: Sequence[UsedOn]
    totals: Mapping[str, int]
    before: Mapping[str, int]
    features: Sequence[FeatureUse]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was used, neither now nor before."""
        return not (any(self.totals.values()) or any(self.before.values()) or self.features)


def sees_usage_of(user: User, customer: Customer) -> bool:
    """Whether this person sees how the customer uses the platform."""
    within = reach(user, "usage", "view")
    return within.covers(customer.owner_id, customer.team_id, customer.territory_id)


def last_days(count: int) -> tuple[date, date]:
    """The first and the last of so many days until today, in the organisation's zone."""
    last = today(organisation().time_zone)
    return last - (count - 1) * DAY, last


def usage_between(customer_id: int, first: date, last: date) -> Usage:
    """The usage of a customer. Raises `RuleBroken` for days the wrong way round or more than a year of them.

    Two questions to the database, whatever the number of days and users.
    """
    if first > last:
        raise RuleBroken(_("The first day comes after the last."), field="from", value=first)
    span = last - first + DAY
    if span > LONGEST:
        raise RuleBroken(_("At most a year at once."), field="from", value=first)
    with planned() as cursor:
        cursor.execute(_DAYS, [customer_id, first - span, last])
        rows = {day: [int(count) for count in counts] for day, *counts in cursor.fetchall()}
    within = {day: counts for day, counts in rows.items() if day >= first}
    uses = FeatureUse.objects.filter(customer=customer_id, capability__retired_at=None)
    return Usage(
        first,
        last,
        organisation().time_zone,
        [_used_on(first + DAY * number, within) for number in range(span.days)],
        _sums(within.values()),
        _sums(counts for day, counts in rows.items() if day < first),
        list(uses.select_related("capability").order_by("-share", "capability__name")),
    )


def customers_of_users(ids: Iterable[int]) -> list[int]:
    """The customers that users of the platform belong to, and all to which they belonged."""
    with connection.cursor() as cursor:
        cursor.execute(_LINKED, {"users": array_of(ids)})
        return sorted(pk for (pk,) in cursor.fetchall())


def _used_on(day: date, rows: Mapping[date, Sequence[int]]) -> UsedOn:
    if day not in rows:
        return UsedOn(day)
    logins, seconds, *counts = rows[day]
    return UsedOn(day, logins, _minutes(seconds), *counts)


def _sums(rows: Iterable[Sequence[int]]) -> dict[str, int]:
    """The sums of several days; seconds are added before they become minutes."""
    sums = [sum(column) for column in zip(*rows, strict=True)] or [0] * len(MEASURES)
    sums[1] = _minutes(sums[1])
    return dict(zip(MEASURES, sums, strict=True))


def _minutes(seconds: int) -> int:
    return (seconds + 30) // 60
