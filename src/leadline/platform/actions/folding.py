"""Usage follows the events: what each batch leaves to be counted is counted soon after (PLT-7).

Taking in a batch writes one row: whose days, between when. Taking such rows away and counting those days anew
are one transaction, so after a crash it happened or it did not, and doing it twice changes nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.clock import today
from leadline.core.organisation import organisation
from leadline.core.sets import array_of
from leadline.platform.actions.counting import GAP, Pair, count_days
from leadline.platform.actions.measuring import hold_place, measure
from leadline.platform.models import UsagePlace

DAYS_AT_ONCE, ROWS_AT_ONCE, USERS_AT_ONCE = 10_000, 2_000, 2_000
NAMED_AT_ONCE = 200_000  # users in batches, each as often as it is named
# How many batches: by the different days of users in them, as a day that many batches left is counted once.
# Near midnight the day before or after may hold another minute.
_TAKE = """
WITH due AS MATERIALIZED (
    SELECT id, user_ids, first_at FROM (
        SELECT *, sum(cardinality(user_ids)) OVER (ORDER BY id) - cardinality(user_ids) AS named
          FROM (SELECT * FROM platform_usagedue ORDER BY id LIMIT %(rows)s) oldest) lately
     WHERE named < %(named)s
), fresh AS (
    SELECT id, count(*) AS days FROM (
        SELECT min(id) AS id FROM due, unnest(user_ids) AS user_id GROUP BY user_id, first_at::date) first
     GROUP BY id
), taken AS (
    DELETE FROM platform_usagedue WHERE id IN (
        SELECT id FROM (
            SELECT id, coalesce(days, 0) AS its, sum(coalesce(days, 0)) OVER (ORDER BY id) AS with_its
              FROM due LEFT JOIN fresh USING (id)) counted
         WHERE with_its <= %(days)s OR with_its = its)
    RETURNING user_ids, first_at, last_at
)
SELECT DISTINCT user_id, day::date
  FROM taken, unnest(user_ids) AS user_id,
       generate_series(((first_at - %(gap)s) AT TIME ZONE %(zone)s)::date,
                       ((last_at + %(gap)s) AT TIME ZONE %(zone)s)::date, interval '1 day') AS day
"""
_ALL_DAYS = """
WITH person AS MATERIALIZED (SELECT unnest(%(users)s::bigint[]) AS id)
SELECT person.id, day FROM person CROSS JOIN LATERAL (
       SELECT ((at - %(gap)s) AT TIME ZONE %(zone)s)::date AS day FROM platform_platformevent
        WHERE user_id = person.id
        UNION SELECT ((at + %(gap)s) AT TIME ZONE %(zone)s)::date FROM platform_platformevent
        WHERE user_id = person.id
        UNION SELECT day FROM platform_usageday WHERE user_id = person.id
        UNION SELECT day FROM platform_featureday WHERE user_id = person.id) its
"""
_CUSTOMERS = """
SELECT DISTINCT customer_id FROM platform_platformuser
 WHERE id = ANY(%s::bigint[]) AND customer_id IS NOT NULL
"""
_NEXT_USERS = "SELECT id FROM platform_platformuser WHERE id > %s ORDER BY id LIMIT %s"


@action
def fold_usage(*, by: Actor) -> bool:
    """Count what the next batches left to be counted; whether there was any."""
    place = _own_place()
    if place is None:
        return False
    with connection.cursor() as cursor:
        given: dict[str, Any] = {
            **{"zone": place.zone, "gap": GAP},
            **{"rows": ROWS_AT_ONCE, "days": DAYS_AT_ONCE, "named": NAMED_AT_ONCE},
        }
        cursor.execute(_TAKE, given)
        pairs: list[Pair] = cursor.fetchall()
    _count(pairs, place, by)
    return bool(pairs)


@action
def count_next(*, by: Actor) -> int:
    """Count the next users anew, all their days, where a pass over all is due; returns how many."""
    place = _own_place()
    if place is None or not place.is_due:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_USERS, [place.after_user, USERS_AT_ONCE])
        users = [pk for (pk,) in cursor.fetchall()]
        given: dict[str, Any] = {"users": array_of(users), "zone": place.zone, "gap": GAP}
        cursor.execute(_ALL_DAYS, given)
        pairs: list[Pair] = cursor.fetchall()
    _count(pairs, place, by)
    place.is_due = len(users) == USERS_AT_ONCE
    place.after_user = users[-1] if place.is_due else 0
    place.save(update_fields=["is_due", "after_user"])
    return len(users)


@action
def count_anew(*, by: Actor) -> None:
    """Let all usage be counted anew from the events, from the first user on."""
    hold_place(by=by)
    UsagePlace.objects.filter(pk=1).update(is_due=True, after_user=0, is_measuring=True, after_customer=0)


def _count(pairs: list[Pair], place: UsagePlace, by: Actor) -> None:
    """Count days anew, then what the customers of those who use capabilities otherwise use."""
    users = count_days(pairs, place.zone, by=by)
    if users:
        with connection.cursor() as cursor:
            cursor.execute(_CUSTOMERS, [array_of(users)])
            customers = sorted(pk for (pk,) in cursor.fetchall())
        measure(customers, place.month or _month(place.zone))


def _own_place() -> UsagePlace | None:
    """The place by the zone and month of now, or None while somebody else is at it.

    In another zone days begin elsewhere, so all is counted anew; in another month all customers are measured.
    """
    UsagePlace.objects.get_or_create(pk=1)
    place = UsagePlace.objects.select_for_update(skip_locked=True).filter(pk=1).first()
    if place is None:
        return None
    zone = organisation().time_zone
    if place.zone != zone:
        place.zone, place.is_due, place.after_user = zone, True, 0
    if place.month != _month(zone):
        place.month, place.is_measuring, place.after_customer = _month(zone), True, 0
    place.save()
    return place


def _month(zone: str) -> date:
    return today(zone).replace(day=1)
