"""Which of a set a person may act on, each of the others with its reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.planned import planned
from leadline.core.reading import read_record
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.core.sets import array_of
from leadline.core.verbs import Verb
from leadline.customers import policies
from leadline.customers.models import Customer
from leadline.customers.verbs import ARCHIVED, CUSTOMER_VERBS
from leadline.people.scope import Reach, reach

_FOUND = """
SELECT id, owner_id, team_id, archived_at IS NOT NULL, blocked_at IS NOT NULL, status, tags, unclear,
       territory_id, erased_at IS NOT NULL, merged_into_id IS NOT NULL
  FROM customers_customer WHERE id = ANY(%s::bigint[]) ORDER BY id
"""


class Candidate(NamedTuple):
    """As much of a customer as rules about sets ask for."""

    id: int
    owner_id: int | None
    team_id: int | None
    is_archived: bool
    is_blocked: bool
    status: str
    tags: list[str]
    unclear: list[str]
    territory_id: int | None = None
    is_erased: bool = False
    is_merged: bool = False


@dataclass
class Done:
    """What came of acting on a set: the keys changed, how many needed no change, and who was refused why.

    `forbidden` are those refused that the actor's role does not reach; a rule speaks against the others.
    """

    changed: list[int] = field(default_factory=list)
    unchanged: int = 0
    refused: dict[int, str] = field(default_factory=dict)
    forbidden: set[int] = field(default_factory=set)


Rule = Callable[[Candidate], str | None]


_HELD = "SELECT archived_at IS NOT NULL FROM customers_customer WHERE id = %s FOR KEY SHARE"


def pick(ids: Iterable[int], verb: str, *rules: Rule, by: Actor) -> tuple[list[Candidate], Done]:
    """Lock the customers and part those on which the actor may do the verb from those refused.

    What stands against the verb itself (`verbs.CUSTOMER_VERBS`) is asked first; a rule besides gives the
    reason against a candidate, or None.
    """
    wanted = sorted(set(ids))
    with connection.cursor() as cursor:
        cursor.execute(f"{_FOUND} FOR NO KEY UPDATE", [array_of(wanted)])
        found = list(map(Candidate._make, cursor.fetchall()))
    return _parted(wanted, found, CUSTOMER_VERBS[verb], rules, by)


def why_nots(ids: Iterable[int], verb: str, *, by: Actor) -> dict[int, str]:
    """Those of customers on which the actor may not do the verb, each with the reason; nothing is locked."""
    wanted = sorted(set(ids))
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, [array_of(wanted)])
        found = list(map(Candidate._make, cursor.fetchall()))
    return _parted(wanted, found, CUSTOMER_VERBS[verb], (), by)[1].refused


def _parted(
    wanted: list[int], found: list[Candidate], verb: Verb, rules: tuple[Rule, ...], by: Actor
) -> tuple[list[Candidate], Done]:
    viewed = reach(by.user, "customer", "view") if not by.user.is_system else Reach(everything=True)
    allowed = reach(by.user, *verb.needs) if not by.user.is_system else Reach(everything=True)
    is_everything = viewed.everything and allowed.everything
    asked: tuple[Rule, ...] = (*verb.hindrances, *rules)
    picked: list[Candidate] = []
    refused: dict[int, str] = {}
    forbidden: set[int] = set()
    for candidate in found:
        if not is_everything and (words := _forbidden(candidate, viewed, allowed)):
            refused[candidate.id] = words
            forbidden.add(candidate.id)
        elif why_not := _spoken(candidate, asked):
            refused[candidate.id] = why_not
        else:
            picked.append(candidate)
    if len(found) < len(wanted):
        missing = set(wanted).difference([candidate.id for candidate in found])
        refused |= dict.fromkeys(missing, _("There is no such customer."))
        forbidden |= missing
    return picked, Done(refused=dict(sorted(refused.items())), forbidden=forbidden)


def _spoken(candidate: Candidate, asked: tuple[Rule, ...]) -> str | None:
    """What the first rule against a candidate says."""
    for rule in asked:
        if why_not := rule(candidate):
            return why_not
    return None


def _forbidden(candidate: Candidate, viewed: Reach, allowed: Reach) -> str | None:
    whose = candidate.owner_id, candidate.team_id, candidate.territory_id
    if not viewed.covers(*whose):
        return _("There is no such customer.")
    if not allowed.covers(*whose):
        return _("Your role does not allow this for this customer. Its owner's sales manager can help.")
    return None


def one(customer: Customer, done: Done) -> Customer:
    """The customer as it is after a set of one; raises the reason if it was refused."""
    for reason in done.refused.values():
        raise NotAllowed(reason) if customer.pk in done.forbidden else RuleBroken(reason)
    return read_record(Customer, customer.pk)


def require_edit(customer: Customer, *, by: Actor) -> None:
    """Refuse who can't change a customer, with the reason and who can help (PPL-5)."""
    if not policies.may_edit_customer(by.user, customer):
        raise NotAllowed(policies.why_not_edit(by.user, customer))


def hold(customer: Customer) -> None:
    """Keep a customer from being merged until what is put on its timeline is saved; others wait for nothing.

    Raises `RuleBroken` when somebody archived or merged it since it was read.
    """
    with planned() as cursor:
        cursor.execute(_HELD, [customer.pk])
        row = cursor.fetchone()
    if row is None or row[0]:
        raise RuleBroken(str(ARCHIVED.words))


def require_may(customer: Customer, verb: str, *, by: Actor) -> None:
    """Refuse what the verb itself would refuse, before anything is typed for it; nothing is locked."""
    reason = why_nots([customer.pk], verb, by=by).get(customer.pk)
    if reason is not None:
        whose = customer.owner_id, customer.team_id, customer.territory_id
        is_allowed = by.user.is_system or reach(by.user, *CUSTOMER_VERBS[verb].needs).covers(*whose)
        raise RuleBroken(reason) if is_allowed else NotAllowed(reason)
