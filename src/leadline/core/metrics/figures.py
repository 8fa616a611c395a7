"""The figures of a metric, by the same SQL as the list of the records behind them (SIG-6)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection

from leadline.core.conditions import Context, parse
from leadline.core.fields import Field, Viewer
from leadline.core.formats import day
from leadline.core.lists.asking import Asking
from leadline.core.lists.finding import Finding
from leadline.core.lists.scope import Everything, Sql
from leadline.core.metrics.asking import Question, equals, of_span, one_of
from leadline.core.metrics.metric import TIMES, Measure
from leadline.core.metrics.rollups.answering import key_of, rolled
from leadline.core.planned import planned

MOST_FIGURES = 400
CURRENCIES = 20  # figures of one group at most: one for each of them
Value = int | float | Decimal | None
_ANY_KEY = 8_072_261_930_451_177_203  # stands for a key while an address is written: no record has it
_OF_FIELD = {
    "distinct": "count(DISTINCT {0})",
    "sum": "sum({0})",
    "mean": "avg({0})::float8",
    "median": "percentile_cont(0.5) WITHIN GROUP (ORDER BY {0})",
    "ninth": "percentile_cont(0.9) WITHIN GROUP (ORDER BY {0})",
}


@dataclass(frozen=True)
class Figure:
    """One figure: of which group (`key`, `label`), its value, from how many counted, and where these are.

    `value` is None where nothing can be told (a median of nothing). `records` is empty where no list shows
    just those.
    """

    key: Any
    label: str
    value: Value
    count: int
    currency: str = ""
    records: str = ""


@dataclass(frozen=True)
class Answer:
    """What a metric answers, as of a moment: the whole, and the groups that were asked for.

    `totals` is one figure, or one for each currency. Days and hours are those of `zone`.
    """

    question: Question
    totals: Sequence[Figure]
    figures: Sequence[Figure]
    as_of: datetime
    zone: str

    @property
    def total(self) -> Figure:
        """The whole; of several currencies the one with the most records."""
        return max(self.totals, key=lambda figure: figure.count)


@dataclass(frozen=True)
class Wanted:
    """What of a question is to be answered: the whole, and of its groups the `most` largest, or just those
    whose keys are `among`.
    """

    question: Question
    whole: bool = True
    most: int = MOST_FIGURES
    among: Sequence[Any] | None = None


def answer_to(question: Question, viewer: Viewer) -> Answer:
    """The figures over what the viewer may see."""
    return next(answers_to([Wanted(question)], viewer))


def answers_to(wanted: Sequence[Wanted], viewer: Viewer) -> Iterator[Answer]:
    """The figures over what the viewer may see, one answer after the other.

    All that is counted already is asked for at once, in one query; the rest when its answer is taken.
    """
    context = Context.of_organisation(viewer.user.pk)
    asked = [
        (
            _Asked(Wanted(replace(each.question, by="")), viewer, context) if each.whole else None,
            _Asked(each, viewer, context) if each.question.by else None,
        )
        for each in wanted
    ]
    _ask_together([one for pair in asked for one in pair if one is not None])
    for each, (whole, groups) in zip(wanted, asked, strict=True):
        totals, figures = whole.totals() if whole else [], groups.grouped() if groups else []
        yield Answer(each.question, totals, figures, context.now, context.zone)


def values_sql(question: Question, viewer: Viewer, among: Sequence[Any]) -> tuple[Sql, bool]:
    """key, currency, value, number of records of just those groups, for a statement that goes on with them;
    and whether its text is the same whoever asks, so that its plan can be kept.
    """
    asked = _Asked(Wanted(question, among=among), viewer, Context.of_organisation(viewer.user.pk))
    if asked.rolled:
        return asked.rolled.values_sql((key_of(question.by)[0], [])), asked.rolled.is_same
    return asked.counted_sql(), False


def records_of_groups(question: Question) -> Callable[[Any], str]:
    """Key of a group → the address of the list of its records."""
    return _address_of(lambda narrowed, _currency: narrowed.records(), question, question.grouped_by, "")


def is_rolled(question: Question, viewer: Viewer) -> bool:
    """Whether it is answered out of what is counted already, without looking at the records (design 4.8)."""
    return _Asked(Wanted(question), viewer, Context.of_organisation(viewer.user.pk)).rolled is not None


class _Asked:
    """A question as one person asks it now, for the whole where it is not grouped."""

    def __init__(self, wanted: Wanted, viewer: Viewer, context: Context):
        self.question = question = wanted.question
        self.metric = question.metric
        self.about = question.metric.about
        self.viewer = viewer
        self.context = context
        user = viewer.user
        self.scope = Everything() if user.is_system else self.metric.reach(user, self.metric.kind, "view")
        # Only what is counted is narrowed to the groups that are asked for, not where a figure leads.
        among = wanted.among
        self.counted = (
            question.narrowed(one_of(question.grouped_by, among)) if among is not None else question
        )
        self.most = wanted.most if among is None else len(among) * CURRENCIES
        self.rolled = rolled(self.counted, self.scope, self.context)
        self._found: list[Any] | None = None

    def totals(self) -> list[Figure]:
        """One figure, or one for each currency."""
        question = self.question
        found = [self._figure(self._records(question, row[1]), None, "", row) for row in self.rows()]
        return found or [Figure(None, "", Decimal(0), 0)]

    def grouped(self) -> list[Figure]:
        """One for each group, times in their order, the others from the largest."""
        by = self.question.by
        if by in TIMES:
            return self._by_time(by)
        field = self._field()
        assert field is not None
        address = cache(lambda currency: _address_of(self._records, self.question, field.name, currency))
        found = [
            self._figure(
                address(row[1])(row[0]),
                row[0],
                field.show(row[4] if field.shown else row[0], self.viewer),
                row,
            )
            for row in self.rows()
        ]
        return sorted(found, key=lambda each: (each.value is None, -(each.value or 0), each.label))

    def _by_time(self, by: str) -> list[Figure]:
        rows = self.rows()
        if self.metric.measure.adds_up and not self.metric.measure.currency:
            known = {row[0]: row for row in rows}
            rows = [known.get(key, (key, "", 0, 0)) for key in self._all_times(by)] or rows
        return [self._of_time(by, row) for row in sorted(rows, key=lambda row: row[0])]

    def _of_time(self, by: str, row: Sequence[Any]) -> Figure:
        part = of_span(self.metric, by, row[0], self.question.period, self.context) if row[3] else None
        records = self._records(self.question.narrowed(part), row[1]) if part else ""
        return self._figure(records, row[0], time_label(by, row[0], self.viewer), row)

    def _records(self, question: Question, currency: str) -> str:
        if currency:
            question = question.narrowed(equals(self.metric.measure.currency, currency))
        return question.records()

    def _figure(self, records: str, key: Any, label: str, row: Sequence[Any]) -> Figure:
        _key, currency, value, count = row[:4]
        if value is None and self.metric.measure.adds_up:
            value = Decimal(0)
        return Figure(key, label, value, count, currency or "", records if count else "")

    def rows(self) -> list[Any]:
        """key, currency, value, number of records, and the words of the key where it has some."""
        if self._found is None:
            if self.rolled:
                _ask_together([self])
            else:
                self.take(self._counted_now())
        assert self._found is not None
        return self._found

    def take(self, rows: list[Any]) -> None:
        """These are the rows that were asked for."""
        self._found = rows

    def rolled_sql(self) -> Sql:
        """The rows out of what is counted already."""
        assert self.rolled is not None
        by, key, words = self.question.by, "NULL", ""
        if by in TIMES:
            key = _day_sql(by, self.context)
        elif by:
            key, words = key_of(by)
        return self.rolled.rows_sql((key, []), words, self.most)

    def _counted_now(self) -> list[Any]:
        field = self._field()
        words = f", max({field.shown})" if field is not None and field.shown else ""
        sql, params = self.counted_sql(words)
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY 3 DESC NULLS LAST, 1 LIMIT {self.most}", params)
            return cursor.fetchall()

    def counted_sql(self, words: str = "") -> Sql:
        """The rows out of the records, with words of the key where they are given, in no order."""
        field = self._field()
        key = (field.sql, []) if field is not None else self._time_sql() if self.question.by else ("NULL", [])
        measure, about = self.metric.measure, self.about
        value, value_params, needs = self._value(measure)
        currency = about.by_name[measure.currency].sql if measure.currency else "''"
        needs |= set(field.joins) if field is not None else set()
        source, params = self._source(needs)
        sql = (
            f"SELECT {key[0]} AS key, {currency}, {value}, count(*){words} {source}"
            f"{' GROUP BY 1, 2' if self.question.by or measure.currency else ''}"
        )
        return sql, [*key[1], *value_params, *params]

    def _field(self) -> Field | None:
        """The field that it is grouped by, where that is no span of time."""
        if self.question.by in ("", *TIMES):
            return None
        return self.about.field(self.question.grouped_by, self.viewer.user)

    def _value(self, measure: Measure) -> tuple[str, list[Any], set[str]]:
        if measure.how == "count":
            return "count(*)", [], set()
        if measure.how == "share":
            part = parse(measure.of, self.about)
            sql, params = part.sql(self.context)
            return f"(count(*) FILTER (WHERE {sql}))::float8 / nullif(count(*), 0)", params, set(part.needs)
        field = self.about.by_name[measure.what]
        return _OF_FIELD[measure.how].format(field.sql), [], {field.needs} - {""}

    def _source(self, needs: set[str]) -> Sql:
        metric = self.metric
        where = parse(self.counted.counted, self.about, user=self.viewer.user)
        asking = Asking(self.about, (), where, self.about.default_sort, archived=metric.archived)
        test = self.scope.sql(self.about.scoped_by)
        return Finding(asking, self.scope, self.context).source_sql(test, needs=needs)

    def _time_sql(self) -> Sql:
        by = self.question.by
        local = f"({self.about.by_name[self.metric.at].sql} AT TIME ZONE %s)"
        if by == "hour":
            return f"extract(hour FROM {local})::int", [self.context.zone]
        if by == "week":  # weeks begin on the organisation's day (ALL-6)
            shift = self.context.week_starts
            return (
                f"(date_trunc('week', {local} - interval '{shift} days') + interval '{shift} days')::date",
                [self.context.zone],
            )
        return f"date_trunc('{by}', {local})::date", [self.context.zone]

    def _all_times(self, by: str) -> list[Any]:
        period = self.question.period
        if by == "hour":
            return list(range(24))
        if by == "day" and period.days <= MOST_FIGURES:
            last = min(period.last, max(self.context.today, period.first))
            return [period.first + timedelta(days=n) for n in range((last - period.first).days + 1)]
        return []


def _ask_together(asked: Sequence[_Asked]) -> None:
    """Ask for all that is counted already, in one statement; the rest asks for itself."""
    counted = [each for each in asked if each.rolled]
    if not counted:
        return
    parts, params = [], []
    for nth, each in enumerate(counted):
        sql, its = each.rolled_sql()
        parts.append(f"SELECT {nth}, rows.* FROM ({sql}) rows(key, currency, summed, n, words)")
        params += its
    is_same = all(each.rolled.is_same for each in counted if each.rolled)
    with planned() if is_same else connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        found = cursor.fetchall()
    rows: list[list[Any]] = [[] for _each in counted]
    for nth, *row in found:
        rows[nth].append(_row(counted[nth], *row))
    for each, its_rows in zip(counted, rows, strict=True):
        each.take(its_rows)


def _row(asked: _Asked, key: str | None, currency: str, summed: Decimal | None, n: int, words: str) -> tuple:
    """As the records would be told of: the key of its kind, the value of the measure."""
    by, measure = asked.question.by, asked.metric.measure
    known: Any = key
    if key is not None:
        known = date.fromisoformat(key) if by in ("day", "week", "month") else int(key)
    value: Value = summed
    if measure.how == "share":
        value = float(summed or 0) / n if n else None
    elif measure.how != "sum":
        value = int(summed or 0)
    return known, currency, value, n, words


def _day_sql(by: str, context: Context) -> str:
    """The span of time of counts by day and hour."""
    if by == "hour":
        return "cells.hour::int"
    if by == "week":
        shift = context.week_starts
        return f"(date_trunc('week', cells.begins_on - {shift}) + interval '{shift} days')::date"
    return "cells.begins_on" if by == "day" else "date_trunc('month', cells.begins_on)::date"


def _address_of(
    records: Callable[[Question, str], str], question: Question, field: str, currency: str
) -> Callable[[Any], str]:
    """Key of a group → the address of its records. That of a number is written once for all of them."""
    head, mark, tail = records(question.narrowed(equals(field, _ANY_KEY)), currency).partition(str(_ANY_KEY))

    def address(key: Any) -> str:
        if mark and type(key) is int:
            return f"{head}{key}{tail}"
        return records(question.narrowed(equals(field, key)), currency)

    return address


def time_label(by: str, key: Any, viewer: Viewer) -> str:
    """What people call an hour, day, week or month."""
    if by == "hour":
        return f"{key:02}:00"
    assert isinstance(key, date)
    return day(key) if by != "month" else f"{key:%Y-%m}"
