"""The figures of a person's customers: all, by owner, by team, and over the weeks (CUS-24)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from leadline.people.models import Team, User
from leadline.people.scope import reach
from leadline.quality.measures import MEASURES, Measure

WEEKS = 12
NOBODY = 0  # the owner or team of those that have none


@dataclass(frozen=True)
class Figure:
    """One measure over some customers: how many lack it, of how many."""

    measure: Measure
    customers: int
    lacking: int

    @property
    def share(self) -> float:
        """Those that have it, from 0 to 1; of no customers all have it."""
        return 1.0 if not self.customers else (self.customers - self.lacking) / self.customers


@dataclass(frozen=True)
class Quality:
    """The figures of some customers. The score is the mean of the shares, from 0 to 100, rounded down."""

    customers: int
    figures: tuple[Figure, ...]

    @property
    def score(self) -> int:
        """Every measure counts alike; 100 is only where nothing is lacking."""
        shares = sum(figure.share for figure in self.figures)
        return int(shares / len(self.figures) * 100 + 1e-9)


@dataclass(frozen=True)
class Portfolios:
    """The same for one owner or one team; `key` is 0 where there is none."""

    key: int
    name: str
    quality: Quality


@dataclass(frozen=True)
class Overview:
    """All that the page shows; `counted_at` is None before the first count."""

    counted_at: datetime | None
    day: date | None
    all: Quality
    owners: list[Portfolios]
    teams: list[Portfolios]
    weeks: list[tuple[date, int, int]]  # day, score, customers


def quality_for(user: User, *, owner: int | None = None, team: int | None = None) -> Overview:
    """The figures of the customers that this person sees, perhaps of one owner or team alone (0: of none)."""
    within, params = _within(user, owner, team)
    latest = _asked(
        f"SELECT day, max(counted_at) FROM quality_portfolio WHERE day ="
        f" (SELECT max(day) FROM quality_portfolio) AND {within} GROUP BY day",
        params,
    )
    if not latest:
        return Overview(None, None, quality_of(0, {}), [], [], [])
    day, counted_at = latest[0]
    by_owner = _summed("owner_id", day, within, params)
    by_team = _summed("team_id", day, within, params)
    return Overview(
        counted_at,
        day,
        _total(quality for _key, quality in by_owner),
        _named(by_owner, dict(User.objects.values_list("pk", "name"))),
        _named(by_team, dict(Team.objects.values_list("pk", "name"))),
        _weeks(day, within, params),
    )


def quality_of(customers: int, lacking: dict[str, int]) -> Quality:
    """Figures from what was counted; a measure that was not counted yet is lacked by nobody."""
    return Quality(
        customers,
        tuple(Figure(measure, customers, lacking.get(measure.key, 0)) for measure in MEASURES),
    )


def _within(user: User, owner: int | None, team: int | None) -> tuple[str, list[Any]]:
    sql, params = reach(user, "customer", "view").sql("quality_portfolio")
    for column, key in (("owner_id", owner), ("team_id", team)):
        if key is not None:
            sql += f" AND quality_portfolio.{column} IS NOT DISTINCT FROM %s"
            params = [*params, key or None]
    return sql, params


_SUMS = ", ".join(f"'{measure.key}', sum((lacking->>'{measure.key}')::bigint)" for measure in MEASURES)


def _summed(column: str, day: date, within: str, params: list[Any]) -> list[tuple[int, Quality]]:
    rows = _asked(
        f"SELECT coalesce({column}, 0), sum(customers), jsonb_build_object({_SUMS}) FROM quality_portfolio"
        f" WHERE day = %s AND {within} GROUP BY 1",
        [day, *params],
    )
    return [(key, quality_of(int(count), _read(lacking))) for key, count, lacking in rows]


def _weeks(day: date, within: str, params: list[Any]) -> list[tuple[date, int, int]]:
    """Of each week its last day, oldest first."""
    rows = _asked(
        f"SELECT day, sum(customers), jsonb_build_object({_SUMS}) FROM quality_portfolio WHERE day IN"
        " (SELECT max(day) FROM quality_portfolio WHERE day > %s GROUP BY date_trunc('week', day))"
        f" AND {within} GROUP BY day ORDER BY day",
        [day - timedelta(weeks=WEEKS), *params],
    )
    return [(when, quality_of(int(count), _read(lacking)).score, int(count)) for when, count, lacking in rows]


def _total(parts: Iterable[Quality]) -> Quality:
    customers, lacking = 0, dict.fromkeys((measure.key for measure in MEASURES), 0)
    for part in parts:
        customers += part.customers
        for figure in part.figures:
            lacking[figure.measure.key] += figure.lacking
    return quality_of(customers, lacking)


def _named(found: list[tuple[int, Quality]], names: dict[int, str]) -> list[Portfolios]:
    """The lowest score first: there is the most to do."""
    named = [Portfolios(key, names.get(key, ""), quality) for key, quality in found]
    return sorted(named, key=lambda one: (one.quality.score, -one.quality.customers, one.name))


def _read(lacking: Any) -> dict[str, int]:
    """Django leaves jsonb of plain SQL as text."""
    found = json.loads(lacking) if isinstance(lacking, str) else lacking
    return {key: int(count or 0) for key, count in found.items()}


def _asked(sql: str, params: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
