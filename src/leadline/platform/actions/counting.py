"""Counting the days of users of the platform out of their events: always anew, never added up (PLT-7).

So it does not matter in which order events came, how they were cut into batches, or how often a day is
counted: the same events come to the same days.

Somebody is there from one sign of life to the next (any event of being there, or leaving) as long as they
are at most five minutes apart, and not from when they logged out. What goes over midnight is cut there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from leadline.core.actions import Actor
from leadline.core.sets import array_of
from leadline.plans.actions import find_capabilities
from leadline.plans.keys import KEY_SQL
from leadline.platform.kinds import KINDS
from leadline.platform.models import ArchivedMonth, PlatformEvent

Pair = tuple[int, date]

GAP, A_DAY = timedelta(minutes=5), timedelta(days=1)
SIGHTS = [kind.key for kind in KINDS.values() if kind.presence]
COUNTED = {
    "logins": "logged_in",
    "listings": "listing_created",
    "views": "listing_viewed",
    "inquiries": "inquiry_received",
    "searches": "search",
}
MATTERING = frozenset({*SIGHTS, *COUNTED.values(), "feature_used"})
_COLUMNS = ("seconds", *COUNTED)
_GIVEN = {name: f"coalesce({name}, 0)" for name in _COLUMNS}
_PAIRS = """
pair AS MATERIALIZED (
    SELECT user_id, day, day::timestamp AT TIME ZONE %(zone)s AS begins,
           (day + 1)::timestamp AT TIME ZONE %(zone)s AS ends
      FROM unnest(%(users)s::bigint[], %(days)s::date[]) AS given (user_id, day)
)"""
_COUNT = f"""
WITH {_PAIRS}, event AS MATERIALIZED (
    SELECT pair.*, told.at, told.id, told.kind FROM pair CROSS JOIN LATERAL (
           SELECT at, id, kind FROM platform_platformevent
            WHERE user_id = pair.user_id AND at >= pair.begins - %(gap)s AND at < pair.ends + %(gap)s
              AND at >= %(since)s AND at < %(until)s AND kind = ANY(%(mattering)s)) told
), sight AS (
    SELECT *, lag(at) OVER its AS before, lag(kind) OVER its AS kind_before
      FROM event WHERE kind = ANY(%(sights)s) WINDOW its AS (
           PARTITION BY user_id, day ORDER BY at, kind = 'logged_out', id)
), there AS (
    SELECT user_id, day,
           floor(sum(extract(epoch FROM least(at, ends) - greatest(before, begins))))::int AS seconds
      FROM sight
     WHERE at - before <= %(gap)s AND kind_before <> 'logged_out' AND at > begins AND before < ends
     GROUP BY user_id, day
), told AS (
    SELECT user_id, day,
           {", ".join(f"count(*) FILTER (WHERE kind = '{kind}') AS {name}" for name, kind in COUNTED.items())}
      FROM event WHERE at >= begins AND at < ends GROUP BY user_id, day
), counted AS MATERIALIZED (
    SELECT user_id, day, {", ".join(f"{sql} AS {name}" for name, sql in _GIVEN.items())}
      FROM told FULL JOIN there USING (user_id, day) WHERE {" + ".join(_GIVEN.values())} > 0
), kept AS (
    INSERT INTO platform_usageday AS known (user_id, day, {", ".join(_COLUMNS)})
    SELECT user_id, day, {", ".join(_COLUMNS)} FROM counted ORDER BY user_id, day
        ON CONFLICT (user_id, day) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
)
DELETE FROM platform_usageday gone USING pair
 WHERE gone.user_id = pair.user_id AND gone.day = pair.day
   AND NOT EXISTS (SELECT FROM counted WHERE counted.user_id = pair.user_id AND counted.day = pair.day)
"""
_USES = f"""
WITH {_PAIRS}, used AS (
    SELECT pair.user_id, pair.day, told.at, told.id, told.name, {KEY_SQL.format(text="told.name")} AS key,
           coalesce(told.amount, 1) AS amount
      FROM pair CROSS JOIN LATERAL (
           SELECT at, id, details ->> 'capability' AS name, (details ->> 'amount')::numeric AS amount
             FROM platform_platformevent
            WHERE user_id = pair.user_id AND at >= pair.begins AND at < pair.ends
              AND at >= %(since)s AND at < %(until)s AND kind = 'feature_used') told
     WHERE told.name <> ''
)
SELECT user_id, day, key, min(name), count(*), sum(amount), max(amount),
       (array_agg(amount ORDER BY at DESC, id DESC))[1]
  FROM used GROUP BY user_id, day, key
"""
_KEEP = f"""
WITH {_PAIRS}, used AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(rows)s::json) AS told
           (user_id bigint, day date, capability_id bigint, times int, amount numeric, highest numeric,
            last numeric)
), kept AS (
    INSERT INTO platform_featureday AS known (user_id, capability_id, day, times, amount, highest, last)
    SELECT user_id, capability_id, day, times, amount, highest, last
      FROM used ORDER BY user_id, capability_id, day
        ON CONFLICT (user_id, capability_id, day) DO UPDATE SET times = excluded.times,
           amount = excluded.amount, highest = excluded.highest, last = excluded.last
     WHERE (known.times, known.amount, known.highest, known.last)
           <> (excluded.times, excluded.amount, excluded.highest, excluded.last)
    RETURNING user_id
), gone AS (
    DELETE FROM platform_featureday gone USING pair
     WHERE gone.user_id = pair.user_id AND gone.day = pair.day
       AND NOT EXISTS (SELECT FROM used WHERE used.user_id = gone.user_id AND used.day = gone.day
                       AND used.capability_id = gone.capability_id)
    RETURNING gone.user_id
)
SELECT user_id FROM kept UNION SELECT user_id FROM gone
"""


def count_days(pairs: Sequence[Pair], zone: str, *, by: Actor) -> list[int]:
    """Count days of users anew; returns the users who use capabilities otherwise than was counted before.

    Days of archived months, whose events are not here, stay as they were counted.
    """
    pairs = _with_events_here(pairs)
    if not pairs:
        return []
    days = [day for _user, day in pairs]
    given: dict[str, Any] = {
        # Beyond all zones: so that no month is planned for in which none of the days lies.
        "since": min(days) - timedelta(days=2),
        "until": max(days) + timedelta(days=3),
        "users": array_of(user for user, _day in pairs),
        "days": array_of(day.isoformat() for day in days),
        "zone": zone,
        "gap": GAP,
        "mattering": sorted(MATTERING),
        "sights": SIGHTS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, given)
        cursor.execute(_USES, given)
        uses = cursor.fetchall()
    known = find_capabilities({key: name for _user, _day, key, name, *_counts in uses}, by=by)
    rows = [_row(use, known) for use in uses if use[2] in known]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {**given, "rows": json.dumps(rows)})
        return [user for (user,) in cursor.fetchall()]


def _with_events_here(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Without days of months in files (UTC), and those beside them, which reach into these by their zone.

    No month goes before this is counted: that would find no event, and take the days for empty.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {PlatformEvent._meta.db_table} IN ACCESS SHARE MODE")
    months = ArchivedMonth.objects.away().values_list("month", flat=True)
    away = {(month.year, month.month) for month in months}
    near = (-A_DAY, 0 * A_DAY, A_DAY)
    return [
        (user, day)
        for user, day in pairs
        if not any(((day + step).year, (day + step).month) in away for step in near)
    ]


def _row(use: tuple[Any, ...], known: dict[str, int]) -> dict[str, Any]:
    user, day, key, _name, times, *amounts = use
    amount, highest, last = (_plain(each) for each in amounts)
    return {
        **{"user_id": user, "day": day.isoformat(), "capability_id": known[key], "times": times},
        **{"amount": amount, "highest": highest, "last": last},
    }


def _plain(amount: Decimal) -> str:
    return f"{amount:f}"
