"""Gauges: how far somebody is towards a target, what is missing, whether that is on pace (PRF-1, PRF-4).

What was reached is all that the person or team did, wherever the records are by now: whoever looks at a
target sees the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.conditions import Context
from leadline.core.fields import Viewer
from leadline.core.metrics import Figure, Metric, Period, Question, answer_to, figure_in_words, metrics_for
from leadline.people.models import User
from leadline.performance.models import Target
from leadline.performance.months import running, share_over

_GROUPINGS = {"user": "user", "team": "team"}


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

    @property
    def missing(self) -> Decimal:
        """What is still to come; 0 when it is reached."""
        return max(self.value - self.reached, Decimal(0))

    @property
    def pace(self) -> str:
        """`reached`, `on_pace` or `behind`."""
        if not self.missing:
            return "reached"
        return "on_pace" if self.reached >= self.expected else "behind"

    @property
    def share(self) -> int:
        """How much of it is reached, in percent, at most 100."""
        return int(min(self.reached / self.value, Decimal(1)) * 100) if self.value else 0

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
    context = Context.of_organisation(user.pk)
    known = {metric.name: metric for metric in metrics_for(user)}
    spans = {every: running(every, context) for every in Target.Every.values}
    shown = [each for each in targets if each.metric in known and spans[each.every][1] == each.month]
    found: dict[Any, Decimal] = {}
    for kind, name, every in sorted({(each.key[0], each.metric, each.every) for each in shown}):
        keys = {
            each.key[1] for each in shown if (each.key[0], each.metric, each.every) == (kind, name, every)
        }
        found |= _reached(known[name], spans[every][0], kind, keys, every)
    return [_gauge(each, known[each.metric], spans[each.every][0], found, context) for each in shown]


def targets_running(user: User) -> Sequence[Target]:
    """The targets that this person sees and that are running now: teams first, then people by name."""
    context = Context.of_organisation(user.pk)
    months = {month for _period, month in (running(every, context) for every in Target.Every.values)}
    rows = Target.objects.visible_to(user).in_force().filter(month__in=months)
    return list(rows.in_order())


def _reached(
    metric: Metric, period: Period, kind: str, keys: set[int], every: str
) -> dict[tuple[str, str, str, int, str], Decimal]:
    by = metric.field_of(_GROUPINGS[kind])
    among = {"field": by, "op": "in", "value": sorted(keys)}
    question = Question(metric, period, by=kind, also=(among,))
    house = Viewer(user=User(is_system=True, name="Leadline"))
    return {
        (metric.name, every, kind, figure.key, figure.currency): Decimal(figure.value or 0)
        for figure in answer_to(question, house, whole=False).figures
    }


def _gauge(
    target: Target, metric: Metric, period: Period, found: dict[Any, Decimal], context: Context
) -> Gauge:
    kind, key = target.key
    reached = found.get((target.metric, target.every, kind, key, target.currency), Decimal(0))
    over = share_over(period, target.user.hours if target.user else None, context)
    expected = ((target.value or Decimal(0)) * Decimal(over)).quantize(Decimal("0.01"))
    question = (
        Question(metric, period, person=key) if kind == "user" else Question(metric, period, teams=(key,))
    )
    return Gauge(target, metric, period, reached, expected, question.records() if reached else "")
