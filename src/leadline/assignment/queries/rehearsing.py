"""Rules tried on past records, against what happened; nothing is written (LEA-7)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from leadline.assignment.deciding import Dealing, Decision, Facts, Person, Spec
from leadline.assignment.models import Rule, Ruleset
from leadline.assignment.periods import moments_of
from leadline.assignment.reading import facts_of, fitting_of, named_by, specs_of
from leadline.assignment.registry import Assignable, assignable
from leadline.assignment.roster import Roster, named_in, roster_of
from leadline.assignment.wording import PASSED, REASONS
from leadline.core.subjects import visible_subjects
from leadline.people.models import User

MOST = 10_000
SAMPLES = 12


@dataclass
class Line:
    """What somebody would have got and has now, of the records tried."""

    user: User
    would: int = 0
    has: int = 0

    @property
    def more(self) -> int:
        """How many more than now; fewer where it is below nothing."""
        return self.would - self.has


@dataclass(frozen=True)
class Sample:
    """One record of those tried, with whom the rules would have chosen, and why."""

    id: int
    name: str
    address: str
    at: datetime | None
    owner: User | None
    before: User | None
    rule: str
    passed: list[tuple[str, str]]
    able: int
    lost: list[tuple[str, int]]


@dataclass(frozen=True)
class Rehearsal:
    """What the rules would have done. `cut` says that only the latest of the period were tried."""

    total: int
    cut: bool
    lines: list[Line]
    by_rule: list[tuple[str, int]]
    overflow: int
    unplaced: int
    same: int
    had_nobody: int
    samples: list[Sample] = field(default_factory=list)


def rehearse(kind: str, rules: Iterable[Rule], *, first: date, last: date, viewer: User) -> Rehearsal:
    """Try rules, on or off, on what came in from the first to the last day and the viewer sees.

    Hours and absences are those of each record's own moment. Conditions are asked of the records as they are
    now. How many somebody can have at most is left out: nobody knows how soon they would have been closed.
    """
    about = assignable(kind)
    begins, ends = moments_of(first, last)
    found: Any = visible_subjects(kind, viewer).filter(
        **{f"{about.since}__gte": begins, f"{about.since}__lt": ends}
    )
    latest = list(
        found.filter(archived_at=None).order_by(f"-{about.since}").values_list("pk", flat=True)[: MOST + 1]
    )
    ids = latest[:MOST]
    specs = specs_of(sorted(rules, key=lambda rule: (rule.position, rule.pk)))
    fitting, named = fitting_of(specs, ids, kind), named_by(about, specs, ids)
    ruleset = Ruleset.objects.filter(kind=kind).first()
    rest = [ruleset.overflow_id] if ruleset and ruleset.overflow_id else []
    asked = {owner for owners in named.values() for owner in owners.values()}
    asked |= {*rest, *(rule.overflow for rule in specs if rule.overflow)}
    facts = facts_of(about, ids, placed=any(rule.in_territory for rule in specs), at=True)
    roster = roster_of(kind, about.owns, among=named_in(specs), also=asked, begins=begins, ends=ends)
    _as_if_before(roster, Counter(each.owner_id for each in facts if each.owner_id))
    dealing = Dealing(specs, roster.at, rest, lambda rule, key: named[rule.id].get(key))
    decided = [(each, dealing.decide(each, fitting[each.id])) for each in facts]
    return _told(about, specs, dealing, roster, decided, cut=len(latest) > MOST, viewer=viewer)


def _as_if_before(roster: Roster, has: Counter[int]) -> None:
    """Loads without the records that are tried, and without bounds."""
    for person in roster.people.values():
        load = max(0, person.load - has[person.id])
        roster.people[person.id] = person._replace(load=load, capacity=None)


def _told(
    about: Assignable,
    specs: Sequence[Spec],
    dealing: Dealing,
    roster: Roster,
    decided: Sequence[tuple[Facts, Decision]],
    *,
    cut: bool,
    viewer: User,
) -> Rehearsal:
    would = Counter(decision.owner_id for _facts, decision in decided if decision.owner_id)
    has = Counter(facts.owner_id for facts, _decision in decided if facts.owner_id)
    users = User.objects.in_bulk({*would, *has})
    lines = [Line(user, would[key], has[key]) for key, user in users.items()]
    by_rule = Counter(decision.rule_id for _facts, decision in decided)
    return Rehearsal(
        len(decided),
        cut,
        sorted(lines, key=lambda line: (-line.would, -line.has, line.user.name)),
        [(rule.name, by_rule[rule.id]) for rule in specs],
        sum(1 for _facts, decision in decided if decision.how == "overflow" and decision.owner_id),
        sum(1 for _facts, decision in decided if decision.owner_id is None),
        sum(1 for facts, decision in decided if facts.owner_id and facts.owner_id == decision.owner_id),
        sum(1 for facts, _decision in decided if facts.owner_id is None),
        _samples(about, specs, dealing, roster, decided, users, viewer),
    )


def _samples(
    about: Assignable,
    specs: Sequence[Spec],
    dealing: Dealing,
    roster: Roster,
    decided: Sequence[tuple[Facts, Decision]],
    users: dict[int, User],
    viewer: User,
) -> list[Sample]:
    """Some of them, evenly over the period."""
    picked = decided[:: max(1, len(decided) // SAMPLES)][:SAMPLES]
    names = dict(
        visible_subjects(about.kind, viewer)
        .filter(pk__in=[facts.id for facts, _decision in picked])
        .values_list("pk", "name")
    )
    rules = {rule.id: rule for rule in specs}
    samples = []
    for facts, decision in picked:
        rule = rules.get(decision.rule_id or 0)
        passed = dealing.groups[decision.group]["passed"]
        able, lost = _compared(rule, facts, roster.at(facts.at).values()) if rule else (0, [])
        samples.append(
            Sample(
                facts.id,
                names.get(facts.id, ""),
                reverse(about.page, args=[facts.id]),
                facts.at,
                users.get(decision.owner_id or 0),
                users.get(facts.owner_id or 0),
                rule.name if rule else "",
                [(rules[key].name, str(PASSED.get(code, code))) for key, code in passed],
                able,
                lost,
            )
        )
    return samples


def _compared(rule: Spec, facts: Facts, people: Iterable[Person]) -> tuple[int, list[tuple[str, int]]]:
    """How many could have got it, and how many could not for which reason."""
    reasons = Counter(rule.why_not(each, facts.territory_id, facts.languages) for each in people)
    able = reasons.pop("", 0)
    reasons.pop("pool", None)
    return able, [(str(REASONS.get(why, why)), count) for why, count in reasons.most_common()]
