"""Segments: fifty rules of every sort over all customers (CUS-16 to CUS-18)."""

import json
import time
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import SECONDS, Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.core.actions import Actor
from leadline.core.conditions import Context
from leadline.people.models import User
from leadline.segments.actions import add_segment, evaluate, evaluate_due, follow_entries
from leadline.segments.following import follow
from leadline.segments.kinds import segmentable
from leadline.segments.models import Segment
from leadline.segments.queries.counting import found_by
from leadline.segments.rules import rule_of

NAME = "Bench %02d"
COUNTRIES = ("DE", "ID", "US", "GB", "FR", "NL", "SG", "AU", "JP", "ES")
INDUSTRIES = ("Technology", "Energy", "Retail", "Finance", "Healthcare", "Logistics")


def _is(name: str, value: Any, op: str = "equals", **more: Any) -> dict[str, Any]:
    return {"field": name, "op": op, "value": value, **more}


def _calls(op: str, count: int, days: int) -> dict[str, Any]:
    recent = _is("at", days, "in_last", unit="days")
    return {
        "count": "activities",
        "where": {"and": [_is("kind", "call"), recent]},
        "op": op,
        "value": count,
    }


def _rules() -> Iterator[dict[str, Any]]:
    """Fifty rules as people make them: places, branches, states, dates, calls, groups, other segments."""
    for country in COUNTRIES:
        yield {"and": [_is("country", country), _is("status", "active")]}
    for industry in INDUSTRIES:
        yield {"and": [_is("industry", industry), _is("tier", 1), {"not": _is("country", "US")}]}
        yield {"or": [_is("industry", industry), _is("name", industry[:4], "contains")]}
    for days in (7, 14, 30, 60, 90):
        yield _is("created_at", days, "in_last", unit="days")
        yield {"and": [_is("status", ["active", "inactive"], "in"), _calls("equals", 0, days)]}
        yield _calls("at_least", 3, days)
    for size in (10, 100, 1000):
        yield {"and": [_is("employees", size, "at_least"), _is("tags", ["vip"], "has_none")]}
    for name in ("phone", "website", "industry", "owner"):
        yield {"and": [{"field": name, "op": "is_empty"}, _is("status", "churned", "not_equals")]}
    yield {"count": "contacts", "op": "at_least", "value": 3}
    yield {"latest": "activities", "of": "at", "op": "older_than", "value": 6, "unit": "months"}
    yield _is("last_interaction_at", 30, "older_than", unit="days")
    yield _is("last_interaction_at", 7, "in_last", unit="days")
    yield {"or": [_is("city", "Berlin"), _is("city", "Jakarta"), _is("city", "London")]}


def _segments(data: Data) -> list[Segment]:
    """The fifty, made once; the last asks for the first."""
    by = Actor(data.administrator)
    there = {each.name: each for each in Segment.objects.filter(owner=data.administrator)}
    made = [
        there.get(NAME % place)
        or add_segment(kind="customer", name=NAME % place, rule=rule, visibility="everybody", by=by)
        for place, rule in enumerate(_rules(), start=1)
    ]
    last = NAME % (len(made) + 1)
    inside = {"and": [_is("segments", [made[0].pk, made[1].pk], "has_any"), _is("tier", 2)]}
    made.append(there.get(last) or add_segment(kind="customer", name=last, rule=inside, by=by))
    follow(by=_house())
    evaluate_due(by=_house())
    return made


def _house() -> Actor:
    return Actor(User.objects.house(), via="job")


@row("Segments: live count of three conditions", Goal(150), changes_data=False)
def live_count(data: Data) -> dict[str, Measured]:
    """What the builder asks at each pause in typing, for who sees everything and for a manager."""
    kind = segmentable("customer")
    rules = {
        "fields": {"and": [_is("country", "DE"), _is("status", "active"), _is("industry", "Energy")]},
        "calls": {"and": [_is("status", "active"), _is("tier", 2), _calls("at_least", 3, 30)]},
        "no activity": {"and": [_is("status", "active"), _is("tier", 3), _calls("equals", 0, 30)]},
    }
    found = {}
    for name, rule in rules.items():
        read = rule_of(rule, "customer", user=data.administrator)
        for who in ("administrator", "manager"):
            user = data.people[who]
            scope, context = kind.scope(user), Context.of_organisation(user.pk)

            def work(read: Any = read, scope: Any = scope, context: Any = context) -> Any:
                return found_by(read, kind, scope=scope, context=context)

            result = work()
            told = (
                "not counted"
                if result.count is None
                else f"{'' if result.is_exact else '≈ '}{result.count:,}"
            )
            plain = measured([work], data.times)
            found[f"{name}, {who}"] = Measured(plain.value, plain.p95, cpu=plain.cpu, note=told)
    return found


@row("Segments: all fifty anew", Goal(15, SECONDS), changes_data=True)
def all_anew(data: Data) -> dict[str, Measured]:
    """Every rule over every customer, the difference written; then all members from nothing."""
    keys = [segment.pk for segment in _segments(data)]
    again = _looked_at(keys)
    query("TRUNCATE segments_member, segments_day")
    query("UPDATE segments_standing SET size = 0, is_filling = true WHERE segment_id = ANY(%s)", [keys])
    first = _looked_at(keys)
    query("VACUUM ANALYZE segments_member")
    return {f"{len(keys)} segments, as they stand": again, f"{len(keys)} segments, first members": first}


def _looked_at(keys: list[int]) -> Measured:
    start = time.perf_counter()
    evaluate(keys, by=_house())
    taken = time.perf_counter() - start
    held = query("SELECT count(*) FROM segments_member WHERE left_at IS NULL")[0][0]
    return Measured(taken, note=f"{held:,} members")


@row("Segments: 1,000 changed customers against fifty", Goal(100), changes_data=True)
def changed(data: Data) -> dict[str, Measured]:
    """The history read, the touched records asked again, the difference written; then taken back."""
    _segments(data)
    ids = [row[0] for row in query("SELECT id FROM customers_customer ORDER BY id LIMIT 1000 OFFSET 5000")]
    taken = []
    for _turn in range(12):
        with transaction.atomic():
            query(
                "UPDATE customers_customer SET tier = tier %% 3 + 1, status = CASE status WHEN 'active'"
                " THEN 'inactive' ELSE 'active' END WHERE id = ANY(%s)",
                [ids],
            )
            settled = query("SELECT max(id) FROM core_history")[0][0]
            start = time.perf_counter()
            follow_entries(settled=settled, by=_house())
            taken.append((time.perf_counter() - start) * 1000)
            transaction.set_rollback(True)
    taken = sorted(taken[2:])
    return {"1,000 customers": Measured(taken[len(taken) // 2], taken[-1])}


@row("Segment page, count and members", Goal(12), changes_data=True)
def pages(data: Data) -> dict[str, Measured]:
    """The page of a segment, and its dated members."""
    segment = _segments(data)[0]
    return _fetched(data, {"page": f"/segments/{segment.pk}", "members": f"/segments/{segment.pk}/members"})


@row("Customers within a segment, as a list", Goal(12), changes_data=True)
def listed(data: Data) -> dict[str, Measured]:
    """The list filtered by who is in it, with its count: members with all that a list can do."""
    segment = _segments(data)[0]
    where = json.dumps(_is("segments", [segment.pk], "has_any"), separators=(",", ":"))
    return _fetched(data, {"list": f"/customers/?where={where}"})


@row("All segments with their sizes over time", Goal(50), changes_data=True)
def all_pages(data: Data) -> dict[str, Measured]:
    """Fifty at once, each as far as somebody sees its members."""
    _segments(data)
    return _fetched(data, {"page": "/segments/"})


def _fetched(data: Data, addresses: dict[str, str]) -> dict[str, Measured]:
    return {
        f"{name}, {who}": measured([fetch(user, address)], data.times)
        for who, user in data.people.items()
        for name, address in addresses.items()
    }
