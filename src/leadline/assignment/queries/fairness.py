"""How fair assignment was: number and quality for each person in a period, by rule (SIG-5)."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db import connection

from leadline.assignment import policies
from leadline.assignment.models import Rule, Share, Turn
from leadline.assignment.periods import moments_of
from leadline.assignment.reading import condition_of
from leadline.assignment.registry import Assignable, assignable
from leadline.assignment.turns import UNIT
from leadline.core.conditions import Context
from leadline.core.fields import catalogue
from leadline.core.lists.addresses import list_where
from leadline.people.models import User

TOP = 3


@dataclass
class Line:
    """What somebody was given: how many by each rule, how good they were, where they came from.

    `per_share` is how many it would be with a full share; `owed` what the rules owe the person now, in turns.
    """

    user: User
    weight: int
    given: int = 0
    won: int = 0
    quality: dict[str, float] = field(default_factory=dict)
    by_rule: Counter[int] = field(default_factory=Counter)
    overflow: int = 0
    by_hand: int = 0
    top: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    owed: float = 0.0
    address: str = ""

    @property
    def per_share(self) -> float:
        """How many with a full share; what somebody without a share got counts as it is."""
        return self.given * 100 / self.weight if self.weight else float(self.given)

    @property
    def won_part(self) -> float:
        """The part that became customers, from 0 to 1."""
        return self.won / self.given if self.given else 0.0


@dataclass(frozen=True)
class Fairness:
    """The lines of those whom the viewer may know of, most first, and how far apart they are."""

    lines: list[Line]
    rules: list[tuple[int, str]]
    qualities: list[tuple[str, str]]
    breakdowns: list[tuple[str, str]]
    total: int
    least: float
    middle: float
    most: float


def fairness_of(kind: str, viewer: User, *, first: date, last: date) -> Fairness:
    """Assignments from the first to the last day in the organisation's zone, of people within reach."""
    about = assignable(kind)
    begins, ends = moments_of(first, last)
    people = User.objects.filter(policies.colleagues_shown(viewer, kind), is_system=False).in_bulk()
    shares = dict(Share.objects.filter(kind=kind).values_list("user", "weight"))
    qualities = [name for name in about.qualities if name in catalogue(kind).by_name]
    lines: dict[int, Line] = {}
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0] * len(qualities))
    counts: dict[int, list[int]] = defaultdict(lambda: [0] * len(qualities))
    for owner, rule, how, given, won, *measured in _counted(about, qualities, begins, ends):
        if owner not in people:
            continue
        line = lines.setdefault(owner, Line(people[owner], shares.get(owner, 100)))
        line.given, line.won = line.given + given, line.won + won
        line.overflow += given if how == "overflow" else 0
        line.by_hand += given if how == "hand" else 0
        if rule:
            line.by_rule[rule] += given
        for place in range(len(qualities)):
            sums[owner][place] += float(measured[2 * place] or 0)
            counts[owner][place] += measured[2 * place + 1]
    _tell_where_from(lines, about, begins, ends)
    _tell_owed(lines, about)
    for owner, line in lines.items():
        line.address = list_where(about.records, about.given_between(owner, first, last))
        line.quality = {
            name: sums[owner][place] / counts[owner][place]
            for place, name in enumerate(qualities)
            if counts[owner][place]
        }
    return _whole(lines, about, qualities)


def _counted(
    about: Assignable, qualities: list[str], begins: datetime, ends: datetime
) -> list[tuple[Any, ...]]:
    entry = catalogue(about.kind)
    won = condition_of(about.won or {}, about.kind)
    won_sql, params = won.sql(Context.of_organisation())
    fields = [entry.by_name[name] for name in qualities]
    joins = entry.join_sql([*won.needs, *(each.needs for each in fields if each.needs)])
    measured = "".join(f", sum(({each.sql})::numeric), count({each.sql})" for each in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT given.owner_id, given.rule_id, given.how, count(*), count(*) FILTER (WHERE {won_sql})"
            f"{measured} FROM assignment_given given"
            f" LEFT JOIN {entry.table} ON {entry.id} = given.record_id {joins}"
            " WHERE given.kind = %s AND given.at >= %s AND given.at < %s AND given.owner_id IS NOT NULL"
            " GROUP BY 1, 2, 3",
            [*params, about.kind, begins, ends],
        )
        return cursor.fetchall()


def _tell_where_from(lines: Mapping[int, Line], about: Assignable, begins: datetime, ends: datetime) -> None:
    """The most frequent values of each breakdown."""
    entry = catalogue(about.kind)
    for name in about.breakdowns:
        held = entry.by_name[name]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT given.owner_id, {held.sql}, count(*) FROM assignment_given given"
                f" JOIN {entry.table} ON {entry.id} = given.record_id"
                " WHERE given.kind = %s AND given.at >= %s AND given.at < %s AND given.owner_id = ANY(%s)"
                f" AND {held.sql} <> '' GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2",
                [about.kind, begins, ends, list(lines)],
            )
            for owner, value, count in cursor.fetchall():
                found = lines[owner].top.setdefault(name, [])
                if len(found) < TOP:
                    found.append((value, count))


def _tell_owed(lines: Mapping[int, Line], about: Assignable) -> None:
    """What the rules that are on owe each of them now."""
    live = Turn.objects.filter(rule__kind=about.kind, rule__is_on=True, user__in=list(lines))
    for user, owed in live.values_list("user", "owed"):
        lines[user].owed += owed / UNIT


def _whole(lines: Mapping[int, Line], about: Assignable, qualities: list[str]) -> Fairness:
    ordered = sorted(lines.values(), key=lambda line: (-line.given, line.user.name))
    used = {rule for line in ordered for rule in line.by_rule}
    rules = Rule.objects.filter(pk__in=used).order_by("position", "pk").values_list("pk", "name")
    entry = catalogue(about.kind)
    by_share = [line.per_share for line in ordered if line.weight]
    return Fairness(
        ordered,
        list(rules),
        [(name, str(entry.by_name[name].label)) for name in qualities],
        [(name, str(entry.by_name[name].label)) for name in about.breakdowns],
        sum(line.given for line in ordered),
        min(by_share, default=0),
        median(by_share) if by_share else 0,
        max(by_share, default=0),
    )
