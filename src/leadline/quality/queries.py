"""The figures of a person's customers: all, by owner, by team, and over the weeks (CUS-24)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
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
    lacking: Mapping[str, int]  # measure → how many lack it; what was not counted is lacked by nobody

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Each measure with its counts."""
        return tuple(
            Figure(measure, self.customers, self.lacking.get(measure.key, 0)) for measure in MEASURES
        )

    @cached_property
    def score(self) -> int:
        """Every measure counts alike; 100 is only where nothing is lacking."""
        asked = self.customers * len(MEASURES)
        lost = sum(self.lacking.get(measure.key, 0) for measure in MEASURES)
        return (asked - lost) * 100 // asked if asked else 100


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
    all_owners: int
    weeks: list[tuple[date, int, int]]  # day, score, customers


def quality_for(
    user: User, *, owner: int | None = None, team: int | None = None, most: int | None = None
) -> Overview:
    """The figures of the customers that this person sees, perhaps of one owner or team alone (0: of none).

    `most` owners and teams are told, those with the lowest scores."""
    within, params = _within(user, owner, team)
    counted = _asked("SELECT day, counted_at FROM quality_portfolio ORDER BY day DESC LIMIT 1", [])
    if not counted:
        return Overview(None, None, Quality(0, {}), [], [], 0, [])
    day, counted_at = counted[0]
    rows = _asked(
        f"SELECT owner_id, team_id, customers, lacking FROM quality_portfolio WHERE day = %s AND {within}",
        [day, *params],
    )
    if not rows:
        return Overview(counted_at, day, Quality(0, {}), [], [], 0, [])
    owners, teams, whole = _Sums(), _Sums(), _Sums()
    for owner_id, team_id, customers, lacking in rows:
        counts = _read(lacking)
        owners.add(owner_id or NOBODY, customers, counts)
        teams.add(team_id or NOBODY, customers, counts)
        whole.add(NOBODY, customers, counts)
    return Overview(
        counted_at,
        day,
        whole.qualities()[0][1],
        _named(owners, User, most),
        _named(teams, Team, most),
        len(owners.customers),
        _weeks(day, within, params),
    )


class _Sums:
    """Counts by owner or team."""

    def __init__(self) -> None:
        self.customers: Counter[int] = Counter()
        self.lacking: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def add(self, key: int, customers: int, lacking: dict[str, int]) -> None:
        """Some more of one."""
        self.customers[key] += customers
        known = self.lacking[key]
        for measure, count in lacking.items():
            known[measure] += count

    def qualities(self) -> list[tuple[int, Quality]]:
        """The figures of each."""
        return [(key, Quality(count, self.lacking[key])) for key, count in self.customers.items()]


def _within(user: User, owner: int | None, team: int | None) -> tuple[str, list[Any]]:
    sql, params = reach(user, "customer", "view").sql("quality_portfolio")
    for column, key in (("owner_id", owner), ("team_id", team)):
        if key is not None:
            sql += f" AND quality_portfolio.{column} IS NOT DISTINCT FROM %s"
            params = [*params, key or None]
    return sql, params


def _weeks(day: date, within: str, params: list[Any]) -> list[tuple[date, int, int]]:
    """Of each week its last day, oldest first."""
    rows = _asked(
        "SELECT day, sum(customers), sum(asked), sum(lost) FROM quality_portfolio WHERE day IN"
        " (SELECT max(day) FROM quality_portfolio WHERE day > %s GROUP BY date_trunc('week', day))"
        f" AND {within} GROUP BY day ORDER BY day",
        [day - timedelta(weeks=WEEKS), *params],
    )
    return [
        (when, int((asked - lost) * 100 / asked) if asked else 100, int(count))
        for when, count, asked, lost in rows
    ]


def _named(sums: _Sums, model: type[User] | type[Team], most: int | None) -> list[Portfolios]:
    """Those with the lowest scores, at most so many: there is the most to do."""
    found = sorted(sums.qualities(), key=lambda one: (one[1].score, -one[1].customers, one[0]))[:most]
    rows = model._default_manager.filter(pk__in=[key for key, _quality in found])
    names = dict(rows.values_list("pk", "name"))
    return [Portfolios(key, names.get(key, ""), quality) for key, quality in found]


def _read(lacking: Any) -> dict[str, int]:
    """Django leaves jsonb of plain SQL as text."""
    found = json.loads(lacking) if isinstance(lacking, str) else lacking
    return {key: int(count or 0) for key, count in found.items()}


def _asked(sql: str, params: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
