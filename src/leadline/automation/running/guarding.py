"""What keeps rules from running for ever: chains, the same record again and again, limits by people."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from leadline.automation.models import Rule, Run
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
            message = _("Stopped: it ran %(times)s times for this record within an hour.")
            return message % {"times": MOST_AN_HOUR}
        return ""

    def skips(self, record: Record) -> str:
        """Why a limit that people set speaks against it; empty when none does."""
        if self.rule.once_per and (record in self.limited or self.ran[record]):
            limit = Rule.OncePer(self.rule.once_per).label
            return _("Not run again: at most %(limit)s for each record.") % {"limit": limit}
        return ""

    def count(self, record: Record) -> None:
        """It runs for this record."""
        self.ran[record] += 1


def _counts(rule: Rule, records: Sequence[Record], since: datetime) -> dict[Record, int]:
    leads = [key for kind, key in records if kind == "lead"]
    customers = [key for kind, key in records if kind == "customer"]
    if not leads and not customers:
        return {}
    rows = Run.objects.filter(
        Q(lead__in=leads) | Q(customer__in=customers), rule=rule, at__gt=since, state__in=RAN
    )
    found: dict[Record, int] = {}
    for lead, customer, count in rows.values_list("lead_id", "customer_id").annotate(count=Count("pk")):
        for record in (("lead", lead), ("customer", customer)):
            if record[1]:
                found[record] = found.get(record, 0) + count
    return found
