"""A question to a metric: over which period, for whom, grouped by what."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from leadline.core.clock import zone_of
from leadline.core.conditions import Context
from leadline.core.conditions.condition import plain
from leadline.core.ids import numeric_id
from leadline.core.lists.door import door_of
from leadline.core.metrics.metric import Json, Metric, metric_named
from leadline.core.metrics.periods import Period, period_of
from leadline.core.refusals import RuleBroken

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Question:
    """What is asked of a metric. Without `person` and `teams` it is asked for all that the viewer sees.

    `by` groups the figures: hour, day, week, month, user, team, or a field that the metric names. `also`
    are further conditions on what is counted.
    """

    metric: Metric
    period: Period
    person: int | None = None
    teams: tuple[int, ...] = ()
    by: str = ""
    also: tuple[Json, ...] = ()

    def narrowed(self, *parts: Json) -> "Question":
        """The same about those alone that also fulfil these."""
        return replace(self, also=(*self.also, *parts))

    @property
    def grouped_by(self) -> str:
        """The field by which it is grouped, where that is no span of time."""
        return self.metric.field_of(self.by)

    @property
    def counted(self) -> Json:
        """The condition of the records counted."""
        metric, period = self.metric, self.period
        days = [period.first.isoformat(), period.last.isoformat()]
        parts: list[Json] = [{"field": metric.at, "op": "between", "value": days}]
        if metric.where:
            parts.insert(0, metric.where)
        if self.person is not None:
            parts.append(equals(metric.person, self.person))
        if self.teams:
            parts.append({"field": metric.team, "op": "in", "value": list(self.teams)})
        return {"and": [*parts, *self.also]}

    @property
    def behind(self) -> Json:
        """The condition of the records behind the figure, as the list of their kind takes it."""
        through = self.metric.through
        if through is None:
            return self.counted
        return {"count": through.link, "where": self.counted, "op": "at_least", "value": 1}

    def records(self) -> str:
        """The address of the list with exactly those."""
        where = json.dumps(self.behind, default=plain, ensure_ascii=False, separators=(",", ":"))
        archived = {"archived": "all"} if self.metric.archived == "all" else {}
        return address_with(door_of(self.metric.records_kind).url("list"), {"where": where, **archived})


def equals(field: str, value: Any) -> Json:
    """Those with just this value; None and an empty text ask for those without."""
    if value is None or value == "":
        return {"field": field, "op": "is_empty"}
    return {"field": field, "op": "equals", "value": value}


def one_of(field: str, values: Iterable[Any]) -> Json:
    """Those with one of these values; None and an empty text stand for those without."""
    given = list(values)
    known = [value for value in given if value not in (None, "")]
    if len(known) == len(given):
        return {"field": field, "op": "in", "value": known}
    without = equals(field, None)
    return {"or": [{"field": field, "op": "in", "value": known}, without]} if known else without


def of_span(metric: Metric, grouping: str, key: Any, period: Period, context: Context) -> Json | None:
    """The condition of one hour, day, week or month; none for an hour of many days, which is no one span."""
    if grouping == "hour":
        return _hour(metric.at, key, period, context) if period.days == 1 else None
    last = {"day": key, "week": key + timedelta(days=6), "month": _month_end(key)}[grouping]
    days = [max(key, period.first).isoformat(), min(last, period.last).isoformat()]
    return {"field": metric.at, "op": "between", "value": days}


def question_of(name: str, given: Mapping[str, Any], user: Any, *, teams: Iterable[int] = ()) -> Question:
    """What the parameters of an address ask of a metric: `period`, `by`, `user` (an id, or me), `team`.

    Raises `RuleBroken` naming the parameter.
    """
    metric = metric_named(name, user)
    context = Context.of_organisation(user.pk)
    by = str(given.get("by") or "")
    if by and by not in metric.groupings:
        message = _("Figures are not grouped by “%(value)s”. Accepted: %(known)s.")
        words = {"value": by[:60], "known": ", ".join(metric.groupings)}
        raise RuleBroken(message % words, field="by", value=by[:60])
    if by and by in ("user", "team", *metric.groups):
        metric.about.field(metric.field_of(by), user)
    person = user.pk if given.get("user") == "me" else _key("user", given)
    team = _key("team", given)
    period = period_of(str(given.get("period") or "this_month"), context)
    return Question(metric, period, person, (team,) if team else tuple(teams), by)


def address_with(path: str, query: Mapping[str, str]) -> str:
    """A path with its query, as readable as the lists write theirs."""
    return f"{path}?{urlencode(query, quote_via=quote, safe=':,{}[]')}"


def _key(name: str, given: Mapping[str, Any]) -> int | None:
    text = str(given.get(name) or "")
    if not text:
        return None
    if (key := numeric_id(text)) is None:
        message = _("“%(value)s” is not known. Accepted: an id.")
        raise RuleBroken(message % {"value": text[:60]}, field=name, value=text[:60])
    return key


def _hour(at: str, hour: int, period: Period, context: Context) -> Json:
    zone = zone_of(context.zone)
    start = datetime.combine(period.first, time(hour), tzinfo=zone).astimezone(UTC)
    end = start + timedelta(hours=1) - INSTANT
    return {"field": at, "op": "between", "value": [start.isoformat(), end.isoformat()]}


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
