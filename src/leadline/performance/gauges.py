"""Gauges: how far somebody is towards a target, what is missing, whether that is on pace (PRF-1, PRF-4).

What was reached is all that the person or team did, wherever the records are by now: whoever looks at a
target sees the same.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.conditions import Context
from leadline.core.fields import Viewer
from leadline.core.metrics import Figure, Metric, Period, Question, figure_in_words, metrics_for
from leadline.core.metrics.figures import records_of_groups, values_sql
from leadline.core.planned import planned
from leadline.people.models import User
from leadline.performance.models import Target, TargetQuerySet
from leadline.performance.months import running, share_over

_ALIKE = """
SELECT metric, every, month, array_agg(id), array_agg({kind}_id)
  FROM performance_target WHERE {kind}_id IS NOT NULL AND id IN ({targets}) GROUP BY 1, 2, 3
"""
_REACHED = """
SELECT coalesce(sums.value, 0)::numeric AS reached, target.id, target.metric, target.every, target.value,
       target.currency, '{kind}', target.{kind}_id, {name} AS name, {hours}
  FROM performance_target target
  JOIN people_{kind} whose ON whose.id = target.{kind}_id
  LEFT JOIN ({sums}) sums(key, currency, value, n)
    ON sums.key = target.{kind}_id AND coalesce(sums.currency, '') = target.currency
 WHERE target.id = ANY(%s)
"""
_WHOSE = {
    "team": {"name": "whose.name", "hours": "NULL"},
    "user": {"name": "coalesce(nullif(whose.name, ''), whose.email)", "hours": "whose.hours::text"},
}
_SHARE = "least(div(reached * 100, value), 100)"  # as `Gauge.share`
_FURTHEST_BEHIND = f"SELECT * FROM ({{}}) told ORDER BY {_SHARE}, name, metric, every, id LIMIT %s"


class Aim(NamedTuple):
    """A target as a gauge tells of it, of a `user` or a `team`; `hours` are JSON."""

    pk: int
    metric: str
    every: str
    value: Decimal
    currency: str
    kind: str
    key: int
    whose: str
    hours: str | None


@dataclass(frozen=True)
class Gauge:
    """A target in its present day, week or month. `expected` is what would have been reached by now."""

    target: Aim
    metric: Metric
    period: Period
    reached: Decimal
    expected: Decimal
    records: str

    @property
    def value(self) -> Decimal:
        """What is to be reached."""
        return self.target.value

    @property
    def how_often(self) -> str:
        """Each day, each week, or in the month."""
        return str(Target.Every(self.target.every).label)

    @cached_property
    def missing(self) -> Decimal:
        """What is still to come; 0 when it is reached."""
        return max(self.value - self.reached, Decimal(0))

    @cached_property
    def pace(self) -> str:
        """`reached`, `on_pace` or `behind`."""
        if not self.missing:
            return "reached"
        return "on_pace" if self.reached >= self.expected else "behind"

    @property
    def share(self) -> int:
        """How much of it is reached, in percent, at most 100."""
        return min(int(self.reached * 100 // self.value), 100)

    @property
    def words(self) -> str:
        """What is missing, and whether that is on pace."""
        if self.pace == "reached":
            over = self.reached - self.value
            return _("Reached, %(n)s over") % {"n": self.told(over)} if over else _("Reached")
        words = {"n": self.told(self.missing), "expected": self.told(self.expected)}
        if self.pace == "on_pace":
            return _("%(n)s missing, on pace") % words
        return _("%(n)s missing, behind: %(expected)s by now would be on pace") % words

    def told(self, amount: Decimal) -> str:
        """An amount in the metric's unit."""
        shown = amount if self.metric.unit == "money" else amount.quantize(Decimal(1), ROUND_HALF_UP)
        figure = Figure(None, "", shown, 1, self.target.currency)
        return figure_in_words(figure, self.metric.unit)


def gauges_for(user: User, targets: Iterable[Target]) -> list[Gauge]:
    """The gauges of those targets that are running now, whose metrics say something to this person.

    `targets` are such as the person sees, in force. One query for all of them.
    """
    reader, shown = _Reader(user), list(targets)
    alike: dict[tuple[str, str, str], list[Target]] = {}
    for each in shown:
        if reader.tells_of(each.metric, each.every, each.month):
            alike.setdefault((each.key[0], each.metric, each.every), []).append(each)
    found = reader.furthest_behind(
        [
            _Alike(kind, metric, every, [each.pk for each in its], [each.key[1] for each in its])
            for (kind, metric, every), its in alike.items()
        ]
    )
    known = {gauge.target.pk: gauge for gauge in found}
    return [known[each.pk] for each in shown if each.pk in known]


def gauges_of_most_behind(user: User, targets: TargetQuerySet, most: int) -> list[Gauge]:
    """The gauges of those running that are furthest behind: teams first, then people.

    The database chooses them: of thousands of targets only those that are told of are read.
    """
    reader = _Reader(user)
    found: list[Gauge] = []
    for kind in ("team", "user"):
        if room := most - len(found):
            alike = [
                _Alike(kind, metric, every, keys, of)
                for metric, every, month, keys, of in _alike(targets, kind)
                if reader.tells_of(metric, every, month)
            ]
            found += reader.furthest_behind(alike, room)
    return found


def targets_running(user: User) -> TargetQuerySet:
    """The targets that this person sees and that are running now."""
    months = {month for _period, month in _spans(Context.of_organisation(user.pk)).values()}
    return Target.objects.visible_to(user).in_force().filter(month__in=months)


class _Alike(NamedTuple):
    """Targets of the same metric and span, all of teams or all of people: their keys, and those of whom."""

    kind: str
    metric: str
    every: str
    keys: Sequence[int]
    of: Sequence[int]


def _alike(targets: TargetQuerySet, kind: str) -> list[tuple[str, str, date, list[int], list[int]]]:
    """Metric, how often and month, with the keys of those targets and whose they are."""
    try:
        sql, params = targets.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    with planned() as cursor:
        cursor.execute(_ALIKE.format(kind=kind, targets=sql), params)
        return cursor.fetchall()


class _Reader:
    """Reads gauges as they stand now, of the metrics that say something to a person."""

    def __init__(self, user: User):
        self.context = Context.of_organisation(user.pk)
        self.known = {metric.name: metric for metric in metrics_for(user)}
        self.spans = _spans(self.context)
        self._over: dict[tuple[str | None, str], Decimal] = {}

    def tells_of(self, metric: str, every: str, month: date) -> bool:
        """Whether such targets, kept by that month, are running."""
        return metric in self.known and self.spans[every][1] == month

    def furthest_behind(self, targets: Sequence[_Alike], most: int | None = None) -> list[Gauge]:
        """Their gauges, from the one of which the smallest part is reached; in one query."""
        house = Viewer(user=User(is_system=True, name="Leadline"))
        parts, params, is_same = [], [], True
        records: dict[tuple[str, str, str], Callable[[int], str]] = {}
        for each in targets:
            question = Question(self.known[each.metric], self.spans[each.every][0], by=each.kind)
            sums, text_is_same = values_sql(question, house, each.of)
            parts.append(_REACHED.format(sums=sums[0], kind=each.kind, **_WHOSE[each.kind]))
            params += [*sums[1], each.keys]
            is_same &= text_is_same
            records[each[:3]] = records_of_groups(question)
        if not parts:
            return []
        with planned() if is_same else connection.cursor() as cursor:
            cursor.execute(_FURTHEST_BEHIND.format(" UNION ALL ".join(parts)), [*params, most])
            rows = cursor.fetchall()
        return [self._gauge(Aim(*row), reached, records) for reached, *row in rows]

    def _gauge(self, aim: Aim, reached: Decimal, records: Mapping[Any, Callable[[int], str]]) -> Gauge:
        metric, period = self.known[aim.metric], self.spans[aim.every][0]
        expected = (aim.value * self._share_over(aim)).quantize(Decimal("0.01"))
        address = records[aim.kind, aim.metric, aim.every](aim.key) if reached else ""
        return Gauge(aim, metric, period, reached, expected, address)

    def _share_over(self, aim: Aim) -> Decimal:
        """How much of the working time is over, counted once for all with the same hours."""
        key = (aim.hours, aim.every)
        if key not in self._over:
            hours = json.loads(aim.hours) if aim.hours else None
            self._over[key] = Decimal(share_over(self.spans[aim.every][0], hours, self.context))
        return self._over[key]


def _spans(context: Context) -> dict[str, tuple[Period, date]]:
    return {every: running(every, context) for every in Target.Every.values}
