"""Figures out of roll-ups: where counts that are kept say exactly what the records would (design 4.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache

from leadline.core.conditions import Context
from leadline.core.fields.kinds.links import LARGEST_ID
from leadline.core.lists.scope import Scope, Sql
from leadline.core.metrics.asking import Question
from leadline.core.metrics.metric import Json, Metric
from leadline.core.metrics.periods import Period
from leadline.core.metrics.rollups.counting import SCOPED, WHOLE
from leadline.core.metrics.rollups.declaring import rollup_of
from leadline.core.metrics.rollups.keeping import Standing, next_month, standing_of
from leadline.core.metrics.rollups.moving import waiting_sql

DAY = timedelta(days=1)
_KEPT_FOR = 5  # seconds; what begins later is told a day before older counts go
_BY_PEOPLE = ("user", "team")
_GROUPINGS = ("", "hour", "day", "week", "month", *_BY_PEOPLE)
_AUTHOR = " LEFT JOIN people_user author ON author.id = cells.person_id"
_OF_CELLS = "person_id, begins_on, n, part"
Span = tuple[str, date, date]  # the grain, and from when to when


@dataclass(frozen=True)
class Rolled:
    """A question that counts answer: FROM and WHERE over `cells`, with the value of the measure.

    `value` is what groups are ordered by, `summed` what is added up for it. `is_same` where the text of the
    statement is the same each time, whoever asks.
    """

    source: Sql
    value: str
    summed: str
    by_currency: bool = False
    is_same: bool = False

    def rows_sql(self, key: Sql, words: str, most: int) -> Sql:
        """key, currency, what is summed, number of records, words of the key, as text and numbers; groups
        without records are not there.

        Words are SQL by `told.key`, looked up for those that are told.
        """
        sums, params = self._sums_sql(key, f"({self.summed})::numeric AS summed")
        sql = (
            f"SELECT told.key::text, told.currency, told.summed, told.n, {words or 'NULL'}::text FROM ("
            f"{sums} ORDER BY {self.value} DESC NULLS LAST, 1 LIMIT {most}) told"
        )
        return sql, params

    def values_sql(self, key: Sql) -> Sql:
        """key, currency, value, number of records of each group that has some, as they are; in no order."""
        return self._sums_sql(key, f"{self.value} AS value")

    def _sums_sql(self, key: Sql, figure: str) -> Sql:
        is_grouped = key[0] != "NULL" or self.by_currency
        grouped = " GROUP BY 1, 2 HAVING sum(cells.n) <> 0" if is_grouped else ""
        currency = "cells.currency" if self.by_currency else "''"
        sql = (
            f"SELECT {key[0]} AS key, {currency} AS currency, {figure},"
            f" coalesce(sum(cells.n), 0)::bigint AS n {self.source[0]}{grouped}"
        )
        return sql, [*key[1], *self.source[1]]


def rolled(question: Question, scope: Scope, context: Context) -> Rolled | None:
    """How counts answer a question; None where the records have to."""
    metric = question.metric
    if not metric.rolled or metric.archived != "no" or question.by not in _GROUPINGS:
        return None
    if not _holds(metric, question.period, context):
        return None
    whom, cells = _whom(question), _cells(question, scope)
    if whom is None or cells is None:
        return None
    tests, params = [each[0] for each in whom], [param for each in whom for param in each[1]]
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    found = cells[0]
    if question.by == "team" or "author." in where:
        if question.by in _BY_PEOPLE and not _is_a_month(question, scope):
            found = _each_once(question, found)
        where = f"{_AUTHOR}{where}"
    source = (f"FROM ({found}) cells{where}", [*cells[1], *params])
    value, summed = _value(metric)
    return Rolled(
        source,
        value,
        summed,
        by_currency=bool(metric.measure.currency),
        is_same=scope.everything,
    )


def key_of(grouping: str) -> tuple[str, str]:
    """SQL of the key of a grouping by people, and of its words."""
    return {
        "user": ("cells.person_id", "(SELECT name FROM people_user WHERE id = told.key)"),
        "team": ("author.team_id", "(SELECT name FROM people_team WHERE id = told.key)"),
    }[grouping]


def _value(metric: Metric) -> tuple[str, str]:
    """The value of a measure, and what is added up for it."""
    if metric.measure.how == "share":
        return "sum(cells.part)::float8 / nullif(sum(cells.n), 0)", "coalesce(sum(cells.part), 0)"
    if metric.measure.how == "sum":
        return "sum(cells.amount)", "sum(cells.amount)"
    return "coalesce(sum(cells.n), 0)", "coalesce(sum(cells.n), 0)"


def _holds(metric: Metric, period: Period, context: Context) -> bool:
    """Whether all days of the period are kept, as days of the organisation's zone."""
    standing = cache.get(f"figures.{metric.kind}")
    if standing is None and rollup_of(metric.kind):
        standing = standing_of(metric.kind)
        cache.set(f"figures.{metric.kind}", standing, timeout=_KEPT_FOR)
    return (
        isinstance(standing, Standing) and standing.zone == context.zone and standing.begins <= period.first
    )


def _cells(question: Question, scope: Scope) -> Sql | None:
    """The cells of the period within reach: who, which day, the sums; with hour or currency where asked."""
    metric, period = question.metric, question.period
    rollup = rollup_of(metric.kind)
    of_people = question.by in _BY_PEOPLE or _names_people(question)
    if rollup is None or (of_people and not rollup.person):
        return None
    if scope.everything:
        return _of_all(question, of_people)
    side, cells = _within(scope, "side"), _within(scope, "cells")
    if side is None or cells is None or not rollup.ways or question.by == "hour" or metric.measure.currency:
        return None
    of_days = "series = %s AND begins_on BETWEEN %s AND %s"
    days: list[Any] = [metric.rolled, period.first, period.last]
    sql = f"SELECT {_OF_CELLS} FROM {SCOPED} cells WHERE {of_days} AND {cells[0]}"
    params = [*days, *cells[1]]
    if waiting := waiting_sql(rollup, side, cells):
        sql += f" UNION ALL SELECT {_OF_CELLS} FROM ({waiting[0]}) waiting WHERE {of_days}"
        params += [*waiting[1], *days]
    return sql, params


def _of_all(question: Question, of_people: bool) -> Sql | None:
    """Cells of everything; none by the hours of single people, which are not kept."""
    by, period = question.by, question.period
    if by == "hour" and of_people:
        return None
    grain = "h" if by == "hour" else "a"
    spans = _spans(period, by) if of_people else [(grain, period.first, period.last)]
    columns = _OF_CELLS + (", hour" if by == "hour" else "")
    columns += ", currency, amount" if question.metric.measure.currency else ""
    each = f"SELECT {columns} FROM {WHOLE} WHERE series = %s AND grain = %s AND begins_on BETWEEN %s AND %s"
    params = [param for span in spans for param in (question.metric.rolled, *span)]
    return " UNION ALL ".join([each] * len(spans)), params


def _is_a_month(question: Question, scope: Scope) -> bool:
    """Whether each person has one cell, and what came since it was made: a month as it is kept."""
    spans = _spans(question.period, question.by)
    grain, first, last = spans[0]
    within = (first.year, first.month) == (last.year, last.month)
    return scope.everything and len(spans) == 1 and grain == "m" and within


def _each_once(question: Question, cells: str) -> str:
    """Each person's cells added up, before people are looked at beside them."""
    money, also = (", currency", ", sum(amount) AS amount") if question.metric.measure.currency else ("", "")
    return (
        f"SELECT person_id{money}, sum(n) AS n, sum(part) AS part{also} FROM ({cells}) each_day"
        f" GROUP BY person_id{money}"
    )


def _within(scope: Scope, table: str) -> Sql | None:
    """Which cells somebody reaches; None where that can't be told by them."""
    return scope.of_cells(table) if hasattr(scope, "of_cells") else None


def _names_people(question: Question) -> bool:
    return bool(question.person is not None or question.teams or question.also)


def _spans(period: Period, by: str) -> Sequence[Span]:
    """A period in whole months, in weeks and days before and after them; in days where it is told by time."""
    if by in ("day", "week", "month"):
        return [("d", period.first, period.last)]
    first = period.first if period.first.day == 1 else next_month(period.first)
    after = (period.last + DAY).replace(day=1)  # the first month that is not whole
    if first >= after:
        return _weeks(period.first, period.last)
    months: list[Span] = [("m", first, after - DAY)]
    return [*months, *_weeks(period.first, first - DAY), *_weeks(after, period.last)]


def _weeks(first: date, last: date) -> list[Span]:
    """Days in whole weeks from Monday on, and the days before and after them."""
    monday = first + DAY * (-first.weekday() % 7)
    end = last - DAY * ((last.weekday() + 1) % 7)  # the last Sunday
    if monday > end:
        return [("d", first, last)] if first <= last else []
    spans = [("d", first, monday - DAY), ("w", monday, end), ("d", end + DAY, last)]
    return [span for span in spans if span[1] <= span[2]]


def _whom(question: Question) -> list[Sql] | None:
    """The conditions on people; None for such as counts don't know."""
    metric = question.metric
    found: list[Sql] = []
    if question.person is not None:
        found.append(("cells.person_id = %s", [question.person]))
    if question.teams:
        found.append(("author.team_id = ANY(%s)", [list(question.teams)]))
    for part in question.also:
        test = _of_people(part, metric)
        if test is None:
            return None
        found.append(test)
    return found


def _of_people(part: Json, metric: Metric) -> Sql | None:
    if set(part) == {"or"}:
        known = [one for each in part["or"] if (one := _of_people(each, metric))]
        sql = f"({' OR '.join(one[0] for one in known)})"
        all_known = known and len(known) == len(part["or"])
        return (sql, [param for one in known for param in one[1]]) if all_known else None
    columns = {metric.person: "cells.person_id", metric.team: "author.team_id"}
    column, op, value = columns.get(str(part.get("field"))), part.get("op"), part.get("value")
    if column is None or set(part) - {"field", "op", "value"}:
        return None
    if op == "is_empty":
        return f"{column} IS NULL", []
    keys: Any = [value] if op == "equals" else value if op == "in" else None
    if not isinstance(keys, list | tuple) or not all(_is_id(key) for key in keys):
        return None
    return f"{column} = ANY(%s)", [list(keys)]


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST_ID
