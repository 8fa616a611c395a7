"""How much of each capability customers use now, against what they may (PLT-7).

Of what is metered the sum of the month counts, of a level the highest of it, of a switch that it was used; of
a quantity the latest that was told, however long ago within a year. Several users of a customer are added
up, but for levels and switches. The limit is the one that holds without a plan; where that allows nothing,
what is used is in no plan, which is not over a limit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.sets import array_of
from leadline.platform.models import UsagePlace

NEAR = "0.8"  # of the limit
REMEMBERED = timedelta(days=366)
_MEASURE = f"""
WITH asked AS MATERIALIZED (SELECT id FROM unnest(%(customers)s::bigint[]) AS asked (id)
), of_user AS (
    SELECT person.customer_id, used.capability_id,
           coalesce(sum(amount) FILTER (WHERE day >= %(month)s), 0) AS summed,
           coalesce(sum(amount) FILTER (WHERE day >= %(before)s AND day < %(month)s), 0) AS summed_before,
           max(highest) FILTER (WHERE day >= %(month)s) AS highest,
           max(highest) FILTER (WHERE day >= %(before)s AND day < %(month)s) AS highest_before,
           (array_agg(last ORDER BY day DESC))[1] AS last,
           (array_agg(last ORDER BY day DESC) FILTER (WHERE day < %(month)s))[1] AS last_before,
           coalesce(sum(times) FILTER (WHERE day >= %(month)s), 0) AS times,
           max(day) AS last_on
      FROM asked JOIN customers_customer customer ON customer.id = asked.id AND customer.archived_at IS NULL
      JOIN platform_platformuser person ON person.customer_id = customer.id
      JOIN platform_featureday used ON used.user_id = person.id AND day >= %(since)s
     GROUP BY person.customer_id, person.id, used.capability_id
), measured AS (
    SELECT customer_id, capability.id AS capability_id, capability.default_limit AS most, sum(times) AS times,
           count(*) FILTER (WHERE times > 0 OR capability.kind = 'quantity' AND last > 0) AS users,
           max(last_on) AS last_on,
           CASE capability.kind WHEN 'metered' THEN sum(summed) WHEN 'quantity' THEN sum(last)
                WHEN 'level' THEN coalesce(max(highest), 0) ELSE (sum(times) > 0)::int END AS used,
           CASE capability.kind WHEN 'metered' THEN sum(summed_before)
                WHEN 'quantity' THEN coalesce(sum(last_before), 0)
                WHEN 'level' THEN coalesce(max(highest_before), 0)
                ELSE (max(highest_before) IS NOT NULL)::int END AS before
      FROM of_user JOIN plans_capability capability ON capability.id = of_user.capability_id
     GROUP BY customer_id, capability.id
), judged AS MATERIALIZED (
    SELECT *, CASE WHEN most IS NULL OR most = 0 THEN 0 ELSE greatest(round(used / most, 4), 0) END AS share,
           CASE WHEN most IS NULL THEN 'free' WHEN used > most AND most = 0 THEN 'outside'
                WHEN used > most THEN 'over'
                WHEN most = 0 OR is_switch THEN 'within' WHEN used = most THEN 'full'
                WHEN used >= most * {NEAR} THEN 'near' ELSE 'within' END AS state
      FROM (SELECT measured.*, capability.kind = 'switch' AS is_switch
              FROM measured JOIN plans_capability capability ON capability.id = measured.capability_id) each
     WHERE used <> 0 OR before <> 0 OR times > 0
), kept AS (
    INSERT INTO platform_featureuse AS known (customer_id, capability_id, used, before, most, share, state,
                                              times, users, last_on)
    SELECT customer_id, capability_id, used, before, most, share, state, times, users, last_on
      FROM judged ORDER BY customer_id, capability_id
        ON CONFLICT (customer_id, capability_id) DO UPDATE
       SET used = excluded.used, before = excluded.before, most = excluded.most, share = excluded.share,
           state = excluded.state, times = excluded.times, users = excluded.users, last_on = excluded.last_on
)
DELETE FROM platform_featureuse gone USING asked
 WHERE gone.customer_id = asked.id
   AND NOT EXISTS (SELECT FROM judged WHERE judged.customer_id = gone.customer_id
                   AND judged.capability_id = gone.capability_id)
"""
_NEXT = """
(SELECT DISTINCT customer_id FROM platform_platformuser WHERE customer_id > %(after)s
  ORDER BY customer_id LIMIT %(most)s)
 UNION
(SELECT DISTINCT customer_id FROM platform_featureuse WHERE customer_id > %(after)s
  ORDER BY customer_id LIMIT %(most)s)
 ORDER BY customer_id LIMIT %(most)s
"""
_TALLY = """
INSERT INTO platform_utilisation (capability_id, owner_id, team_id, territory_id, customers, customers_before,
                                  near, "full", over, used, before, times)
SELECT used.capability_id, pulse.owner_id, pulse.team_id, pulse.territory_id,
       count(*) FILTER (WHERE used.used > 0), count(*) FILTER (WHERE used.before > 0),
       count(*) FILTER (WHERE used.state = 'near'), count(*) FILTER (WHERE used.state = 'full'),
       count(*) FILTER (WHERE used.state = 'over'), sum(used.used), sum(used.before), sum(used.times)
  FROM platform_featureuse used JOIN customers_pulse pulse ON pulse.customer_id = used.customer_id
 GROUP BY used.capability_id, pulse.owner_id, pulse.team_id, pulse.territory_id
 UNION ALL
SELECT NULL, pulse.owner_id, pulse.team_id, pulse.territory_id, count(*), 0, 0, 0, 0, 0, 0, 0
  FROM customers_pulse pulse JOIN customers_customer customer ON customer.id = pulse.customer_id
 WHERE customer.archived_at IS NULL
   AND pulse.customer_id IN (SELECT customer_id FROM platform_platformuser WHERE customer_id IS NOT NULL)
 GROUP BY pulse.owner_id, pulse.team_id, pulse.territory_id
"""
_WHOLE = """
INSERT INTO platform_utilisation (capability_id, customers, customers_before, near, "full", over, used,
                                  before, times, is_whole)
SELECT capability_id, sum(customers), sum(customers_before), sum(near), sum("full"), sum(over), sum(used),
       sum(before), sum(times), true
  FROM platform_utilisation GROUP BY capability_id
"""
AT_ONCE = 2_000


@action
def measure_customers(ids: Iterable[int], *, by: Actor) -> None:
    """Bring what some customers use up to date: their users are others now, or the customers are archived.

    Waits for whoever counts just now, so that neither misses what the other writes.
    """
    wanted = sorted(set(ids))
    if wanted:
        place = hold_place(by=by)
        measure(wanted, place.month or now().date().replace(day=1))


@action
def measure_next(*, by: Actor) -> bool:
    """The next portion of all customers, where a pass over them is due; whether more of them are left."""
    place = hold_place(by=by)
    if not place.is_measuring or place.month is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"after": place.after_customer, "most": AT_ONCE})
        ids = [pk for (pk,) in cursor.fetchall()]
    measure(ids, place.month)
    more = len(ids) == AT_ONCE
    place.is_measuring, place.after_customer = more, ids[-1] if more else 0
    place.save(update_fields=["is_measuring", "after_customer"])
    return more


@action
def measure_all(*, by: Actor) -> None:
    """Another kind or limit holds: all customers have to be looked at again, from the first on."""
    hold_place(by=by)
    UsagePlace.objects.filter(pk=1).update(is_measuring=True, after_customer=0)


@action
def tally_use(*, by: Actor) -> None:
    """Count how many customers of each owner, team and territory use what, for the page over all of them."""
    with connection.cursor() as cursor:
        # One tally after the other; who counts meanwhile is not kept waiting.
        cursor.execute("LOCK TABLE platform_utilisation IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM platform_utilisation")
        cursor.execute(_TALLY)
        cursor.execute(_WHOLE)
    place = hold_place(by=by)
    place.tallied_at = now()
    place.save(update_fields=["tallied_at"])


def measure(customers: Iterable[int], month: date) -> None:
    """Write what these customers use in a month; the place is held."""
    ids = list(customers)
    if not ids:
        return
    given: dict[str, Any] = {
        "customers": array_of(ids),
        "month": month,
        "before": (month - timedelta(days=1)).replace(day=1),
        "since": month - REMEMBERED,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MEASURE, given)


@action
def hold_place(*, by: Actor) -> UsagePlace:
    """Hold the place until the transaction ends: who writes usage does so one after the other."""
    UsagePlace.objects.get_or_create(pk=1)
    return UsagePlace.objects.select_for_update().get(pk=1)
