"""Handing customers to an owner (CUS-7)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from leadline.assignment.actions import keep_by_hand
from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.events import publish_many
from leadline.core.refusals import RuleBroken
from leadline.core.sets import array_of
from leadline.customers.actions.picking import Candidate, Done, Rule, one, pick
from leadline.customers.events import CustomersAssigned
from leadline.customers.models import Customer, Pulse
from leadline.people.models import User
from leadline.people.queries import chosen_people
from leadline.people.scope import Reach, reach

# The pulse repeats owner and team for its indexes, so both tables change in one statement.
_HAND_OVER = """
WITH changed AS (
    UPDATE customers_customer customer
       SET owner_id = given.owner_id, team_id = given.team_id, updated_at = %(now)s, version = version + 1
      FROM unnest(%(ids)s::bigint[], %(owners)s::bigint[], %(teams)s::bigint[])
           AS given (id, owner_id, team_id)
     WHERE customer.id = given.id
       AND (customer.owner_id IS DISTINCT FROM given.owner_id
            OR customer.team_id IS DISTINCT FROM given.team_id)
 RETURNING customer.id, customer.owner_id, customer.team_id
), pulse AS (
    UPDATE customers_pulse
       SET owner_id = changed.owner_id, team_id = changed.team_id,
           owner_since = CASE WHEN customers_pulse.owner_id = changed.owner_id THEN owner_since
                              WHEN changed.owner_id IS NOT NULL THEN %(now)s END
      FROM changed WHERE customer_id = changed.id
)
SELECT id, owner_id FROM changed
"""


@action
def assign_customers(ids: Iterable[int], *, owner: User | None, by: Actor) -> Done:
    """Make somebody the owner of customers, or nobody; the customers move to the owner's team.

    Raises `RuleBroken` when the new owner has left or is beyond the actor's reach.
    """
    return _give(dict.fromkeys(ids, owner), by=by)


@action
def hand_over_customers(
    owners: Mapping[int, User], *, held_by: Mapping[int, int | None], handover_id: int, by: Actor
) -> Done:
    """Give each customer its own new owner, as part of a hand-over (PPL-1).

    One whose owner is not the one it is `held_by` any more is refused: somebody else was faster.
    """
    return _give(owners, _still_held(held_by), handover_id=handover_id, by=by)


@action
def deal_customers(
    ids: Iterable[int],
    *,
    decide: Callable[[Sequence[int]], Mapping[int, int | None]],
    seen_at: datetime | None = None,
    unowned: bool = False,
    by: Actor,
) -> Done:
    """Give customers the owners that `decide` says when they are locked, as rules of assignment do (LEA-10).

    Whom the rules chose may be beyond the actor's teams; the customers may not. `unowned` leaves alone what
    has an owner by now. One that nobody is said for stays as it is, and with `seen_at` what somebody got
    since, who is named.
    """
    _require_may_assign(by)
    picked, done = pick(ids, "assign", by=by)
    if seen_at is not None:
        picked = _not_given_since(seen_at, picked, done)
    given = chosen_people(decide([each.id for each in picked if not unowned or each.owner_id is None]))
    _write([each for each in picked if each.id in given], given, done, None, by)
    return done


def _give(owners: Mapping[int, User | None], *rules: Rule, handover_id: int | None = None, by: Actor) -> Done:
    """Of two at once each customer gets the owner of one: they are locked in the order of their keys."""
    _require_may_assign(by)
    for owner in set(owners.values()):
        _require_may_receive(owner, by)
    picked, done = pick(owners, "assign", *rules, by=by)
    _write(picked, owners, done, handover_id, by)
    before = {each.id: each.owner_id for each in picked}
    keep_by_hand("customer", owners, changed=done.changed, before=before, by=by)
    return done


def _require_may_assign(by: Actor) -> None:
    may_assign = by.user.is_system or by.user.may("customer", "assign")
    require(may_assign, _("Your role can't hand customers over; a sales manager can."))


def _write(
    picked: Sequence[Candidate],
    owners: Mapping[int, User | None],
    done: Done,
    handover_id: int | None,
    by: Actor,
) -> None:
    """The customers are locked, in the order of their keys."""
    given = [owners[candidate.id] for candidate in picked]
    with connection.cursor() as cursor:
        cursor.execute(
            _HAND_OVER,
            {
                "ids": array_of(candidate.id for candidate in picked),
                "owners": array_of(owner.pk if owner else None for owner in given),
                "teams": array_of(owner.team_id if owner else None for owner in given),
                "now": now(),
            },
        )
        changed = dict(cursor.fetchall())
    done.changed = sorted(changed)
    done.unchanged = len(picked) - len(changed)
    _publish(changed, handover_id, by)


def _publish(changed: Mapping[int, int | None], handover_id: int | None, by: Actor) -> None:
    """Once for each new owner."""
    sets: dict[int | None, list[int]] = defaultdict(list)
    for key in sorted(changed):
        sets[changed[key]].append(key)
    for owner_id, ids in sets.items():
        publish_many(
            CustomersAssigned,
            ids,
            kind="customer",
            by=by,
            owner_id=owner_id,
            count=len(ids),
            handover_id=handover_id,
        )


def _not_given_since(seen_at: datetime, picked: Sequence[Candidate], done: Done) -> list[Candidate]:
    """Without what somebody got after the actor looked."""
    given = Pulse.objects.filter(pk__in=[each.id for each in picked], owner_since__gt=seen_at)
    owners = dict(given.values_list("pk", "owner_id"))
    people = User.objects.in_bulk(set(owners.values()))
    words = _("It was assigned to %(owner)s in the meantime.")
    done.refused |= {key: words % {"owner": people[owner]} for key, owner in owners.items()}
    return [each for each in picked if each.id not in owners]


def _still_held(held_by: Mapping[int, int | None]) -> Rule:
    words = _("It got another owner in the meantime.")
    return lambda candidate: None if candidate.owner_id == held_by.get(candidate.id) else words


@action
def assign_customer(customer: Customer, *, owner: User | None, by: Actor) -> Customer:
    """Make somebody the owner of one customer."""
    return one(customer, assign_customers([customer.pk], owner=owner, by=by))


def assignable_users(user: User) -> list[User]:
    """To whom this person may hand customers: everybody, or the teams managed and oneself."""
    within = reach(user, "customer", "assign")
    people = User.objects.active().order_by("name")
    return list(people.filter(within.q(owner="pk", team="team", territory="")))


def _require_may_receive(owner: User | None, by: Actor) -> None:
    if owner is None:
        return
    if not owner.is_active:
        raise RuleBroken(_("%(name)s has left and can't own customers.") % {"name": owner}, field="owner")
    within = Reach(everything=True) if by.user.is_system else reach(by.user, "customer", "assign")
    if not within.covers(owner.pk, owner.team_id):
        raise RuleBroken(
            _("You can hand customers to people of your own teams only. An administrator can do more."),
            field="owner",
        )
