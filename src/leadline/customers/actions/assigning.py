"""Handing customers to an owner (CUS-7)."""

from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.events import publish_many
from leadline.core.refusals import RuleBroken
from leadline.core.sets import array_of
from leadline.customers.actions.picking import Done, one, pick
from leadline.customers.events import CustomersAssigned
from leadline.customers.models import Customer
from leadline.people.models import User
from leadline.people.scope import Reach, reach

# The pulse repeats owner and team for its indexes, so both tables change in one statement.
_HAND_OVER = """
WITH changed AS (
    UPDATE customers_customer
       SET owner_id = %(owner)s, team_id = %(team)s, updated_at = %(now)s, version = version + 1
     WHERE id = ANY(%(ids)s::bigint[])
       AND (owner_id IS DISTINCT FROM %(owner)s OR team_id IS DISTINCT FROM %(team)s)
 RETURNING id
), pulse AS (
    UPDATE customers_pulse SET owner_id = %(owner)s, team_id = %(team)s
      FROM changed WHERE customer_id = changed.id
)
SELECT id FROM changed
"""


@action
def assign_customers(ids: Iterable[int], *, owner: User | None, by: Actor) -> Done:
    """Make somebody the owner of customers, or nobody; the customers move to the owner's team.

    Raises `RuleBroken` when the new owner has left or is beyond the actor's reach.
    """
    may_assign = by.user.is_system or by.user.may("customer", "assign")
    require(may_assign, _("Your role can't hand customers over; a sales manager can."))
    _require_may_receive(owner, by)
    picked, done = pick(ids, "assign", by=by)
    with connection.cursor() as cursor:
        cursor.execute(
            _HAND_OVER,
            {
                "owner": owner.pk if owner else None,
                "team": owner.team_id if owner else None,
                "now": now(),
                "ids": array_of(candidate.id for candidate in picked),
            },
        )
        done.changed = sorted(row[0] for row in cursor.fetchall())
    done.unchanged = len(picked) - len(done.changed)
    if done.changed:
        publish_many(
            CustomersAssigned,
            done.changed,
            kind="customer",
            by=by,
            owner_id=owner.pk if owner else None,
            count=len(done.changed),
        )
    return done


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
