"""Which pairs a person sees: those of which both sides are within reach; of the others how many (CUS-22)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from leadline.core.jobs import Job
from leadline.core.sets import array_of
from leadline.customers.likeness.weighing import in_words
from leadline.customers.models import Contact, Customer
from leadline.customers.policies import may_know_owners
from leadline.duplicates.models import SCAN, Pair, Scan
from leadline.people.models import User
from leadline.people.scope import Reach, reach

PAGE = 40
COUNTED = 1_000  # pairs half out of sight are counted up to here

# Kind → how a side of a pair reaches the customer whose scope counts.
_SIDES = {
    "customer": "JOIN customers_customer {side} ON {side}.id = pair.{column}",
    "contact": (
        "JOIN customers_contact {side}_person ON {side}_person.id = pair.{column}"
        " JOIN customers_customer {side} ON {side}.id = {side}_person.customer_id"
    ),
}
_IN_USE = {
    "customer": "low.archived_at IS NULL AND high.archived_at IS NULL",
    "contact": (
        "low_person.archived_at IS NULL AND high_person.archived_at IS NULL"
        " AND low.archived_at IS NULL AND high.archived_at IS NULL"
    ),
}
_DISMISSED = """EXISTS (SELECT FROM duplicates_dismissal said
 WHERE said.kind = pair.kind AND said.low_id = pair.low_id AND said.high_id = pair.high_id
   AND said.taken_back_at IS NULL)"""
_ORDER = "(pair.later_at IS NOT NULL), pair.score DESC, pair.id"


@dataclass(frozen=True)
class Asked:
    """What of the pairs is wanted; `dismissed` shows those that are said not to be duplicates."""

    kind: str = "customer"
    least: int = 0
    sign: str = ""
    owner: int | None = None
    team: int | None = None
    dismissed: bool = False
    record: int | None = None
    after: tuple[bool, int, int] | None = None
    limit: int = PAGE


@dataclass(frozen=True)
class Shown:
    """A pair as it is shown: both records, the score and the reasons in words."""

    pair: Pair
    low: Any
    high: Any
    reasons: list[str]


@dataclass
class Group:
    """Pairs that hang together, and the records in them."""

    pairs: list[Shown] = field(default_factory=list)

    @property
    def records(self) -> list[Any]:
        """Each record once, in the order in which they were met."""
        found = {record.pk: record for shown in self.pairs for record in (shown.low, shown.high)}
        return list(found.values())

    @property
    def score(self) -> int:
        """That of the surest pair."""
        return max(shown.pair.score for shown in self.pairs)


def pairs_for(user: User, asked: Asked) -> tuple[list[Shown], tuple[bool, int, int] | None]:
    """The next pairs that a person sees, surest first, and the key to ask for more, if there are."""
    sql, values = _seen(user, asked)
    if asked.after:
        later, score, key = asked.after
        sql += " AND ((pair.later_at IS NOT NULL), -pair.score, pair.id) > (%s, %s, %s)"
        values += [later, -score, key]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pair.id {sql} ORDER BY {_ORDER} LIMIT %s", [*values, asked.limit + 1])
        ids = [key for (key,) in cursor.fetchall()]
    pairs = Pair.objects.in_bulk(ids[: asked.limit])
    shown = _shown(asked.kind, [pairs[key] for key in ids[: asked.limit]])
    last = shown[-1].pair if len(ids) > asked.limit and shown else None
    return shown, (last.later_at is not None, last.score, last.pk) if last else None


def grouped(shown: Iterable[Shown]) -> list[Group]:
    """Pairs of one page, those that hang together in one group."""
    groups: dict[int, Group] = {}
    for each in shown:
        groups.setdefault(each.pair.group_id, Group()).pairs.append(each)
    return list(groups.values())


@dataclass(frozen=True)
class Hidden:
    """Pairs of which a person sees one side only: how many, and whom to ask where that may be known."""

    count: int
    is_exact: bool
    owners: list[str]


def half_out_of_sight(user: User, kind: str) -> Hidden:
    """How many pairs have one side within reach and one beyond, and who owns what is beyond."""
    within = reach(user, "customer", "view")
    if within.everything or within.nothing or user.is_system:
        return Hidden(0, True, [])
    low, low_values = within.sql("low")
    high, high_values = within.sql("high")
    joins = " ".join(_SIDES[kind].format(side=side, column=f"{side}_id") for side in ("low", "high"))
    sql = (
        f"SELECT CASE WHEN {low} THEN high.owner_id ELSE low.owner_id END FROM duplicates_pair pair {joins}"
        f" WHERE pair.kind = %s AND {_IN_USE[kind]} AND NOT {_DISMISSED}"
        f" AND coalesce({low}, FALSE) <> coalesce({high}, FALSE) LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*low_values, kind, *low_values, *high_values, COUNTED])
        owners = [owner for (owner,) in cursor.fetchall()]
    names = User.objects.filter(pk__in=set(owners) - {None}).order_by("name")[:5]
    return Hidden(
        len(owners), len(owners) < COUNTED, [str(each) for each in names] if may_know_owners(user) else []
    )


def pairs_editable_by(user: User, pairs: Iterable[Pair]) -> set[int]:
    """Those of pairs of which the person may edit both sides."""
    found: set[int] = set()
    for kind in _SIDES:
        ids = [pair.pk for pair in pairs if pair.kind == kind]
        if ids:
            sql, values = _seen(user, Asked(kind=kind), "edit", dismissed=None)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT pair.id {sql} AND pair.id = ANY(%s::bigint[])", [*values, array_of(ids)]
                )
                found |= {key for (key,) in cursor.fetchall()}
    return found


def pair_seen(user: User, key: int) -> Pair | None:
    """A pair of which the person sees both sides, said to be one or not."""
    pair = Pair.objects.filter(pk=key).first()
    if pair is None:
        return None
    sql, values = _seen(user, Asked(kind=pair.kind), dismissed=None)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pair.id {sql} AND pair.id = %s", [*values, key])
        return pair if cursor.fetchone() else None


@dataclass(frozen=True)
class State:
    """When the last scan of a kind ended, the keys it cut, and the job of one that waits or is under way."""

    ended_at: datetime | None
    cut: int
    job: int | None
    is_waiting: bool


def state_of(kind: str) -> State:
    """How it stands with the scans of a kind."""
    scans = Scan.objects.filter(kind=kind)
    last = scans.filter(ended_at__isnull=False).order_by("-pk").first()
    full = scans.filter(ended_at__isnull=False, is_full=True).order_by("-pk").first()
    # One that is under way stands before those that wait.
    unfinished = Job.objects.unfinished().filter(kind=SCAN).order_by("state", "pk").first()
    return State(
        ended_at=last.ended_at if last else None,
        cut=full.cut if full else 0,
        job=unfinished.pk if unfinished else None,
        is_waiting=unfinished is not None and unfinished.state == Job.State.WAITING,
    )


def _seen(
    user: User, asked: Asked, verb: str = "view", *, dismissed: bool | None = False
) -> tuple[str, list[Any]]:
    """SQL from FROM on: pairs of which the person may do the verb on both sides."""
    within = Reach(everything=True) if user.is_system else reach(user, "customer", verb)
    joins = " ".join(_SIDES[asked.kind].format(side=side, column=f"{side}_id") for side in ("low", "high"))
    low, low_values = within.sql("low")
    high, high_values = within.sql("high")
    tests = ["pair.kind = %s", _IN_USE[asked.kind], low, high]
    values: list[Any] = [asked.kind, *low_values, *high_values]
    if dismissed is not None:
        tests.append(_DISMISSED if asked.dismissed else f"NOT {_DISMISSED}")
    for given, test, params in (
        (asked.least, "pair.score >= %s", [asked.least]),
        (asked.sign, "pair.signs ~ ('\\m' || %s || '\\M')", [asked.sign]),
        (asked.owner, "(low.owner_id = %s OR high.owner_id = %s)", [asked.owner, asked.owner]),
        (asked.team, "(low.team_id = %s OR high.team_id = %s)", [asked.team, asked.team]),
        (asked.record, "(pair.low_id = %s OR pair.high_id = %s)", [asked.record, asked.record]),
    ):
        if given:
            tests.append(test)
            values += params
    return f"FROM duplicates_pair pair {joins} WHERE {' AND '.join(tests)}", values


def _shown(kind: str, pairs: list[Pair]) -> list[Shown]:
    ids = {key for pair in pairs for key in (pair.low_id, pair.high_id)}
    rows: Any = (
        Contact.objects.select_related("customer__owner")
        if kind == "contact"
        else Customer.objects.select_related("owner")
    )
    records = rows.in_bulk(ids)
    return [
        Shown(pair, records[pair.low_id], records[pair.high_id], in_words(pair.reasons)) for pair in pairs
    ]
