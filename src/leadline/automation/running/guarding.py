"""What keeps rules from running for ever: chains, the same record again and again, limits by people."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from leadline.automation.models import Rule, Run, RunQuerySet
from leadline.automation.occasions import Happening
from leadline.core.clock import now
from leadline.core.events import EventRecord

DEEPEST = 5  # runs that lead to each other
MOST_AN_HOUR = 10  # of one rule on one record
SPANS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
    "ever": timedelta(days=36_500),
}
RAN = (Run.State.DONE, Run.State.PARTLY, Run.State.RETRY, Run.State.FAILED)
_BY_RULE = re.compile(r"rule:(\d+):(.+)")
_BY_EVENT = re.compile(r"event:(\d+)")
Record = tuple[str, int]


def depths_of(traces: Mapping[int, str]) -> dict[int, int]:
    """How many runs led to each event (or entry of the history): 1 where none did."""
    return {key: _depth(trace) for key, trace in traces.items()}


def _depth(trace: str) -> int:
    """Through listeners between: what they do is caused by an event, which a run may have caused."""
    for _turn in range(DEEPEST + 3):
        if found := _BY_RULE.fullmatch(trace):
            led = Run.objects.filter(rule_id=int(found[1]), cause=found[2]).aggregate(deepest=Max("depth"))
            return (led["deepest"] or 1) + 1
        if not (found := _BY_EVENT.fullmatch(trace)):
            return 1
        trace = EventRecord.objects.filter(pk=int(found[1])).values_list("trace", flat=True).first() or ""
    return 1


@dataclass
class Replay:
    """The limits as they would have held over what happened, told in the order in which it happened.

    `times` are the moments at which the rule would have run for each record; runs that the log tells of from
    before count, too.
    """

    rule: Rule
    times: dict[Record, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, rule: Rule, records: Iterable[Record], since: datetime) -> "Replay":
        """A replay of what happened since a moment; one question, for all records."""
        replay = cls(rule)
        if rule.pk:
            span = max(SPANS.get(rule.once_per, SPANS["hour"]), SPANS["hour"])
            for record, at in _runs(rule, list(records), since - span, since):
                replay.times[record].append(at)
        return replay

    def speaks_against(self, at: datetime, record: Record) -> str:
        """Why it would not have run for a record at a moment, in words; if it would, that run is counted."""
        before = self.times[record]
        if sum(each > at - SPANS["hour"] for each in before) >= MOST_AN_HOUR:
            return _too_often()
        if self.rule.once_per and any(each > at - SPANS[self.rule.once_per] for each in before):
            return _limited(self.rule)
        before.append(at)
        return ""


@dataclass
class Guard:
    """Says for each record why a rule must not run for it again; it counts what runs meanwhile."""

    rule: Rule
    lately: dict[Record, int] = field(default_factory=dict)
    limited: set[Record] = field(default_factory=set)
    ran: dict[Record, int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, rule: Rule, records: Iterable[Record], moment: datetime | None = None) -> "Guard":
        """Two questions at most, for all records."""
        moment, wanted = moment or now(), list(records)
        guard = cls(rule)
        guard.lately = _counts(rule, wanted, moment - timedelta(hours=1))
        if rule.once_per:
            guard.limited = set(_counts(rule, wanted, moment - SPANS[rule.once_per]))
        return guard

    def stops(self, happening: Happening, record: Record) -> str:
        """Why a loop is stopped here; empty when it is none."""
        if happening.depth > DEEPEST:
            message = _("Stopped: rules started each other %(times)s times in a row.")
            return message % {"times": DEEPEST}
        if self.lately.get(record, 0) + self.ran[record] >= MOST_AN_HOUR:
            return _too_often()
        return ""

    def skips(self, record: Record) -> str:
        """Why a limit that people set speaks against it; empty when none does."""
        if self.rule.once_per and (record in self.limited or self.ran[record]):
            return _limited(self.rule)
        return ""

    def count(self, record: Record) -> None:
        """It runs for this record."""
        self.ran[record] += 1


def _too_often() -> str:
    message = _("Stopped: it ran %(times)s times for this record within an hour.")
    return message % {"times": MOST_AN_HOUR}


def _limited(rule: Rule) -> str:
    limit = Rule.OncePer(rule.once_per).label
    return _("Not run again: at most %(limit)s for each record.") % {"limit": limit}


def _ran(rule: Rule, records: Sequence[Record]) -> RunQuerySet:
    """The runs of a rule that did something, for any of these records."""
    leads = [key for kind, key in records if kind == "lead"]
    customers = [key for kind, key in records if kind == "customer"]
    about = Q(lead__in=leads) | Q(customer__in=customers)
    return Run.objects.filter(about, rule=rule, state__in=RAN) if records else Run.objects.none()


def _runs(
    rule: Rule, records: Sequence[Record], since: datetime, until: datetime
) -> Iterator[tuple[Record, datetime]]:
    rows = _ran(rule, records).filter(at__gt=since, at__lte=until)
    for lead, customer, at in rows.values_list("lead_id", "customer_id", "at"):
        yield from ((record, at) for record in (("lead", lead), ("customer", customer)) if record[1])


def _counts(rule: Rule, records: Sequence[Record], since: datetime) -> dict[Record, int]:
    rows = _ran(rule, records).filter(at__gt=since)
    found: dict[Record, int] = {}
    for lead, customer, count in rows.values_list("lead_id", "customer_id").annotate(count=Count("pk")):
        for record in (("lead", lead), ("customer", customer)):
            if record[1]:
                found[record] = found.get(record, 0) + count
    return found
