"""How the platform is used: a customer's part, the page over all customers, and keeping both (PLT-7)."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection
from django.urls import reverse

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import A_SECOND, SECONDS, Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.core.actions import Actor
from leadline.people.models import User
from leadline.platform.actions import fold_usage, tally_use
from leadline.platform.queries.usage import last_days, usage_between
from leadline.platform.queries.utilisation import utilisation_for
from leadline.platform.usage import catch_up

DAYS, PART, LOOKED_AT, LINKED = 90, 10, 20, 20_000
# Users of the platform who are customers: the data set holds those who are leads.
_USERS = f"""
INSERT INTO platform_platformuser (external_id, email, name, phone, country, language, customer_id, linked_by,
                                   told_at, created_at, updated_at, version)
SELECT 'usage-' || id, email, name, phone, '', '', id, 'id', now(), now(), now(), 1
  FROM customers_customer WHERE archived_at IS NULL ORDER BY id DESC LIMIT {LINKED} ON CONFLICT DO NOTHING
"""
# Of each user linked to a customer: what was done on every tenth day, and two or three capabilities.
_PLANT = (
    f"""
INSERT INTO platform_usageday (user_id, day, logins, seconds, listings, views, inquiries, searches)
SELECT id, current_date - day, 1 + day % 3, 60 * (day % 40), day % 2, day % 9, day % 3, day % 5
  FROM platform_platformuser, generate_series(0, {DAYS}) AS day
 WHERE customer_id IS NOT NULL AND (id + day) % {PART} = 0 ON CONFLICT DO NOTHING
""",
    """
INSERT INTO platform_featureday (user_id, capability_id, day, times, amount, highest, last)
SELECT person.id, capability.id, current_date - (person.id % 20)::int, 2, 1 + person.id % 6, 1, person.id % 6
  FROM platform_platformuser person JOIN plans_capability capability ON (person.id + capability.id) % 5 = 0
 WHERE person.customer_id IS NOT NULL ON CONFLICT DO NOTHING
""",
    "ANALYZE platform_platformuser, platform_usageday, platform_featureday",
)
_DAYS_SQL = """
SELECT day, sum(logins), sum(seconds)
  FROM platform_platformuser u JOIN platform_usageday d ON d.user_id = u.id
 WHERE u.customer_id = %s AND day >= current_date - 60 GROUP BY day
"""
_OF_ALL_SQL = "SELECT capability_id, sum(customers) FROM platform_utilisation GROUP BY 1"
_ACTIVE = """
SELECT customer_id FROM platform_platformuser WHERE customer_id IS NOT NULL ORDER BY id DESC LIMIT %s
"""


@row("Usage: a customer's part of the page", Goal(10), changes_data=True)
def of_customer(data: Data) -> dict[str, Measured]:
    """Thirty days, the thirty before, and what is used against the limits; also the questions alone."""
    customers = _planted()
    raw = [(_DAYS_SQL, [pk]) for pk in customers]
    parts = [fetch(data.administrator, reverse("platform:usage_beside", args=[pk])) for pk in customers]
    asks: list[Callable[[], Any]] = [partial(usage_between, pk, *last_days(30)) for pk in customers]
    return {
        "the part": measured(parts, data.times, raw=raw),
        "the questions": measured(asks, data.times, raw=raw),
    }


@row("Usage: feature utilisation, the page", Goal(50), changes_data=True)
def of_all(data: Data) -> dict[str, Measured]:
    """As each person; and the list of those who use one capability, nearest to the limit first."""
    _planted()
    page, uses = reverse("platform:features"), reverse("usage:list")
    found = {}
    for name, user in data.people.items():
        found[name] = measured([fetch(user, page)], data.times, raw=[(_OF_ALL_SQL, [])])
        found[f"{name}, the question"] = measured([partial(utilisation_for, user)], data.times)
        found[f"{name}, the list behind"] = measured([fetch(user, uses)], data.times)
    return found


@row("Usage: days counted anew from events", Goal(10_000, A_SECOND, most=False), changes_data=True)
def counted(data: Data) -> dict[str, Measured]:
    """As after batches in which so many users did something."""
    _planted()
    catch_up(by=_house())
    _run(
        "INSERT INTO platform_usagedue (user_ids, first_at, last_at)"
        " SELECT array_agg(DISTINCT user_id), min(at), max(at) FROM (SELECT user_id, at"
        " FROM platform_platformevent WHERE at > now() - interval '20 hours' LIMIT 20000) lately"
        " GROUP BY user_id % 40"
    )
    users = query("SELECT coalesce(sum(cardinality(user_ids)), 0) FROM platform_usagedue")[0][0]
    start = time.perf_counter()
    while fold_usage(by=_house()):
        continue
    return {"users": Measured(users / (time.perf_counter() - start), note=f"{users:,} users")}


@row("Usage: the tally over all customers", Goal(20, SECONDS), changes_data=True)
def tallied(data: Data) -> dict[str, Measured]:
    """In the background, every five minutes."""
    _planted()
    start = time.perf_counter()
    tally_use(by=_house())
    return {"all": Measured(time.perf_counter() - start)}


def _planted() -> list[int]:
    """Usage of whoever is linked on the platform of the data set; returns some of those customers."""
    if not query("SELECT FROM platform_featureuse LIMIT 1"):
        for statement in (_USERS, *_PLANT):
            _run(statement)
        _run("UPDATE platform_usageplace SET is_due = false, is_measuring = true, after_customer = 0")
        catch_up(by=_house())
        tally_use(by=_house())
        _run("ANALYZE platform_featureuse, platform_utilisation")
    return [pk for (pk,) in query(_ACTIVE, [LOOKED_AT])]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _house() -> Actor:
    return Actor(User.objects.house(), via="cli")
