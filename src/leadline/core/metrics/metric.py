"""A metric: its name, its definition, its unit, whether more is better, and what is counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _

from leadline.core.fields import Catalogue, catalogue
from leadline.core.fields.field import Text
from leadline.core.lists.scope import Scope
from leadline.core.refusals import RuleBroken

Unit = Literal["count", "ratio", "money", "duration"]
How = Literal["count", "distinct", "sum", "mean", "median", "ninth", "share"]
Json = Mapping[str, Any]
TIMES = ("hour", "day", "week", "month")


@dataclass(frozen=True)
class Measure:
    """What is made of the records: their number, or something of one of their fields.

    `distinct`, `sum`, `mean`, `median` and `ninth` (nine in ten are no longer than that) are of the field
    `what`; sums of money are told for each value of `currency` apart. `share` is the part of the records
    that also fulfils `of`, from 0 to 1.
    """

    how: How = "count"
    what: str = ""
    currency: str = ""
    of: Json = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether what has no records is 0, rather than nothing that can be told."""
        return self.how in ("count", "distinct", "sum")


@dataclass(frozen=True)
class Through:
    """The records behind a figure are of another kind: those with at least one of what is counted.

    `link` is the name by which their catalogue knows what is counted (`activities` of leads).
    """

    kind: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Metric:
    """Something that is counted, declared once (SIG-6).

    `kind` is the kind of record counted, `where` the condition of those that count, `at` the field of the
    moment that places each in a period, `person` and `team` the fields of who it counts for. `groups` are
    other fields to group by. `reach` gives what somebody sees of the kind, `seen_by` whether the metric says
    anything to a person at all. Durations are in minutes. Metrics of the same `where` whose figures are kept
    by day and person (`rollups`) name the same series in `rolled`: counts, and one share of them.
    """

    name: str
    label: Text
    definition: Text
    kind: str
    at: str
    person: str
    reach: Callable[..., Scope]
    seen_by: Callable[[Any], bool]
    team: str = "team"
    where: Json = field(default_factory=dict)
    measure: Measure = Measure()
    unit: Unit = "count"
    better: Literal["more", "less", ""] = "more"
    groups: tuple[str, ...] = ()
    archived: Literal["no", "all"] = "no"
    through: Through | None = None
    rolled: str = ""

    @property
    def about(self) -> Catalogue:
        """The catalogue of what is counted."""
        return catalogue(self.kind)

    @property
    def groupings(self) -> tuple[str, ...]:
        """The words by which its figures can be grouped."""
        return (*TIMES, "user", "team", *self.groups)

    @property
    def records_kind(self) -> str:
        """The kind of the records behind its figures."""
        return self.through.kind if self.through else self.kind

    def field_of(self, grouping: str) -> str:
        """The field behind a grouping that is no span of time."""
        return {"user": self.person, "team": self.team}.get(grouping, grouping)


_registered: dict[str, Metric] = {}


def register_metric(metric: Metric) -> Metric:
    """Make a metric known by its name; called when its app's `metrics.py` is read."""
    _registered[metric.name] = metric
    return metric


def rolled_metrics(kind: str) -> dict[str, list[Metric]]:
    """Series → the metrics of a kind that are answered from it."""
    found: dict[str, list[Metric]] = {}
    for metric in _registered.values():
        if metric.rolled and metric.kind == kind:
            found.setdefault(metric.rolled, []).append(metric)
    return found


def metrics_for(user: Any) -> list[Metric]:
    """The metrics that say something to a person, in the order of their declaration."""
    return [metric for metric in _registered.values() if user.is_system or metric.seen_by(user)]


def metric_named(name: str, user: Any) -> Metric:
    """The metric of a name; refused where there is none for this person."""
    known = {metric.name: metric for metric in metrics_for(user)}
    if name not in known:
        message = _("There is no metric “%(name)s”. Known are: %(known)s.")
        words = {"name": str(name)[:60], "known": ", ".join(known) or "–"}
        raise RuleBroken(message % words, field="metric", value=str(name)[:60])
    return known[name]
