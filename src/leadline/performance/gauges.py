"""Gauges: how far somebody is towards a target, what is missing, whether that is on pace (PRF-1, PRF-4).

What was reached is all that the person or team did, wherever the records are by now: whoever looks at a
target sees the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from leadline.core.conditions import Context
from leadline.core.fields import Viewer
from leadline.core.metrics import Figure, Metric, Period, Question, figure_in_words, metrics_for
from leadline.core.metrics.figures import values_of
from leadline.people.models import Team, User
from leadline.people.working.hours import Hours
from leadline.performance.models import Target, TargetQuerySet
from leadline.performance.months import running, share_over

_GROUPINGS = {"user": "user", "team": "team"}
_AIM = ("pk", "metric", "every", "user_id", "team_id", "value", "currency")
_Over = Callable[[Hours | None, Period], float]
_Place = tuple[str, str, str, int, str]  # metric, every, user or team, its key, currency


@dataclass(frozen=True)
class Gauge:
    """A target in its present day, week or month. `expected` is what would have been reached by now."""

    target: Target
    metric: Metric
    period: Period
    reached: Decimal
    expected: Decimal
    records: str

    @property
    def value(self) -> Decimal:
        """What is to be reached."""
        return self.target.value or Decimal(0)

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
        return _share(self.value, self.reached)

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

    `targets` are such as the person sees. One query for each metric and span of time.
    """
    context, known = Context.of_organisation(user.pk), _known(user)
    spans = _spans(context)
    shown = [each for each in targets if each.metric in known and spans[each.every][1] == each.month]
    found = _reached_of([_aim_of(each) for each in shown], known, spans)
    over = _over_in(context)
    return [_gauge(each, known[each.metric], spans[each.every][0], found, over) for each in shown]


def gauges_of_most_behind(user: User, targets: TargetQuerySet, most: int) -> list[Gauge]:
    """The gauges of those running that are furthest behind: teams first, then people.

    Of thousands of targets only what is told of is read whole.
    """
    found: list[Gauge] = []
    for kind, none in (("team", "user"), ("user", "team")):
        if room := most - len(found):
            found += _most_behind(user, targets.filter(**{none: None}), kind, room)
    return found


def _most_behind(user: User, targets: TargetQuerySet, kind: str, most: int) -> list[Gauge]:
    context, known = Context.of_organisation(user.pk), _known(user)
    spans = _spans(context)
    named = targets.filter(metric__in=known).order_by(f"{kind}__name", "metric", "every")
    rows = named.values_list("month", f"{kind}__name", *_AIM)
    running_now = [(_Aim(*row[2:]), row[1]) for row in rows if spans[row[4]][1] == row[0]]
    reached = _reached_of([aim for aim, _name in running_now], known, spans)
    behind = sorted(
        running_now, key=lambda each: _share(each[0].value, reached.get(each[0].place, Decimal(0)))
    )
    over = _over_in(context)
    return [
        _gauge(each, known[each.metric], spans[each.every][0], reached, over)
        for each in _whole(behind[:most], kind)
    ]


def _whole(aims: Sequence[tuple["_Aim", str]], kind: str) -> list[Target]:
    """Targets with whom they are for: of a team the name is enough, of a person the hours count too."""
    if kind == "team":
        return [Target(**aim._asdict(), team=Team(pk=aim.team_id, name=name)) for aim, name in aims]
    found = Target.objects.select_related("user").in_bulk([aim.pk for aim, _name in aims])
    return [found[aim.pk] for aim, _name in aims if aim.pk in found]


def targets_running(user: User) -> TargetQuerySet:
    """The targets that this person sees and that are running now."""
    months = {month for _period, month in _spans(Context.of_organisation(user.pk)).values()}
    return Target.objects.visible_to(user).in_force().filter(month__in=months)


def _share(value: Decimal | None, reached: Decimal) -> int:
    """How much of a target is reached, in whole percent, at most 100."""
    return int(min(reached / value, Decimal(1)) * 100) if value else 0


def _over_in(context: Context) -> _Over:
    """How much of somebody's working time of a period is over, counted once for all with the same hours."""
    known: dict[tuple[str, Period], float] = {}

    def over(hours: Hours | None, period: Period) -> float:
        key = (repr(hours), period)
        if key not in known:
            known[key] = share_over(period, hours, context)
        return known[key]

    return over


class _Aim(NamedTuple):
    """What of a target says how far it is."""

    pk: int
    metric: str
    every: str
    user_id: int | None
    team_id: int | None
    value: Decimal
    currency: str

    @property
    def key(self) -> tuple[str, int]:
        """Of which person or team, as of a target."""
        return ("user", self.user_id) if self.user_id else ("team", self.team_id or 0)

    @property
    def place(self) -> _Place:
        """Where what is reached of it is found."""
        return (self.metric, self.every, *self.key, self.currency)


def _aim_of(target: Target) -> _Aim:
    return _Aim(*(getattr(target, name) for name in _AIM))


def _known(user: User) -> dict[str, Metric]:
    return {metric.name: metric for metric in metrics_for(user)}


def _spans(context: Context) -> dict[str, tuple[Period, date]]:
    return {every: running(every, context) for every in Target.Every.values}


def _reached_of(
    aims: Sequence[_Aim], known: Mapping[str, Metric], spans: Mapping[str, tuple[Period, date]]
) -> dict[_Place, Decimal]:
    """How far all of them are, in one query for each metric and span of time."""
    keys: dict[tuple[str, str, str], set[int]] = {}
    for aim in aims:
        keys.setdefault((aim.key[0], aim.metric, aim.every), set()).add(aim.key[1])
    found: dict[_Place, Decimal] = {}
    for (kind, name, every), its in sorted(keys.items()):
        found |= _reached(known[name], spans[every][0], kind, its, every)
    return found


def _reached(metric: Metric, period: Period, kind: str, keys: set[int], every: str) -> dict[_Place, Decimal]:
    house = Viewer(user=User(is_system=True, name="Leadline"))
    found = values_of(Question(metric, period, by=_GROUPINGS[kind]), house, sorted(keys))
    return {
        (metric.name, every, kind, key, currency): Decimal(value or 0)
        for (key, currency), value in found.items()
    }


def _gauge(
    target: Target, metric: Metric, period: Period, found: dict[Any, Decimal], over_of: _Over
) -> Gauge:
    kind, key = target.key
    reached = found.get((target.metric, target.every, kind, key, target.currency), Decimal(0))
    over = over_of(target.user.hours if target.user else None, period)
    expected = ((target.value or Decimal(0)) * Decimal(over)).quantize(Decimal("0.01"))
    question = (
        Question(metric, period, person=key) if kind == "user" else Question(metric, period, teams=(key,))
    )
    return Gauge(target, metric, period, reached, expected, question.records() if reached else "")
