"""The log of runs: what a person may see of it, with the names of what it was about (PLT-6)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from leadline.automation.models import Rule, Run, Tally
from leadline.core.clock import now
from leadline.core.subjects import Seen, seen_subjects

PAGE = 50
RECENT = timedelta(days=7)


@dataclass(frozen=True)
class Asked:
    """Which runs: of a rule, in a state, about a lead or customer, before a run that was shown."""

    rule_id: int | None = None
    state: str = ""
    lead_id: int | None = None
    customer_id: int | None = None
    before: int | None = None


@dataclass
class Line:
    """A run with the record it was about, as the reader knows it; none where it is not seen."""

    run: Run
    record: Seen | None


@dataclass
class Figures:
    """How a rule did in the last seven days."""

    looked: int = 0
    fitted: int = 0
    states: dict[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> int:
        """Runs in which something did not work."""
        return sum(self.states.get(each, 0) for each in ("failed", "partly", "stopped", "retry"))

    @property
    def done(self) -> int:
        """Runs that did all they should."""
        return self.states.get("done", 0)


def runs_for(user: Any, asked: Asked, *, limit: int = PAGE) -> tuple[list[Line], int | None]:
    """The newest runs that somebody may see, and the key to go on behind; three queries at most."""
    rows = Run.objects.visible_to(user).select_related("rule").order_by("-pk")
    if asked.rule_id is not None:
        rows = rows.filter(rule_id=asked.rule_id)
    if asked.state in Run.State.values:
        rows = rows.filter(state=asked.state)
    if asked.lead_id is not None or asked.customer_id is not None:
        rows = rows.filter(_about(asked))
    if asked.before is not None:
        rows = rows.filter(pk__lt=asked.before)
    found = list(rows[: limit + 1])
    return lines_of(found[:limit], user), found[limit - 1].pk if len(found) > limit else None


def lines_of(runs: Sequence[Run], user: Any) -> list[Line]:
    """Runs with the names of their records, as far as somebody sees these."""
    places = {place for run in runs if (place := place_of(run))}
    seen = seen_subjects(places, user)
    return [Line(run, seen.get(place) if (place := place_of(run)) else None) for run in runs]


def place_of(run: Run) -> tuple[str, int] | None:
    """The record that a run was about: the customer, else the lead."""
    if run.customer_id:
        return "customer", run.customer_id
    return ("lead", run.lead_id) if run.lead_id else None


def figures_of(rules: Sequence[Rule]) -> dict[int, Figures]:
    """How rules did lately; two queries."""
    keys = [rule.pk for rule in rules]
    found = {key: Figures() for key in keys}
    since = now() - RECENT
    tallies = Tally.objects.filter(rule__in=keys, day__gte=since.date()).values("rule_id")
    for row in tallies.annotate(all_looked=Sum("looked"), all_fitted=Sum("fitted")):
        figures = found[row["rule_id"]]
        figures.looked, figures.fitted = row["all_looked"], row["all_fitted"]
    states = Run.objects.filter(rule__in=keys, at__gte=since).exclude(state=Run.State.NOT_FIT)
    for key, state, count in states.values_list("rule_id", "state").annotate(count=Count("pk")):
        found[key].states[state] = count
    return found


def _about(asked: Asked) -> Q:
    about = Q()
    if asked.lead_id is not None:
        about |= Q(lead=asked.lead_id)
    if asked.customer_id is not None:
        about |= Q(customer=asked.customer_id)
    return about
