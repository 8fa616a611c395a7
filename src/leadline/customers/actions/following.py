"""Customers stand in the team of their owner, also when the owner moves to another one (PPL-3)."""

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.search import index
from leadline.people.models import User

_FOLLOW = """
WITH changed AS (
    UPDATE customers_customer SET team_id = %(team)s, updated_at = %(now)s, version = version + 1
     WHERE owner_id = %(owner)s AND team_id IS DISTINCT FROM %(team)s
 RETURNING id
), pulse AS (
    UPDATE customers_pulse SET team_id = %(team)s FROM changed WHERE customer_id = changed.id
)
SELECT id FROM changed
"""


_MOVE = """
WITH changed AS (
    UPDATE customers_customer SET team_id = %(into)s, updated_at = %(now)s, version = version + 1
     WHERE team_id = %(team)s
 RETURNING id
), pulse AS (
    UPDATE customers_pulse SET team_id = %(into)s FROM changed WHERE customer_id = changed.id
)
SELECT id FROM changed
"""


@action
def follow_owner(owner: User, *, by: Actor) -> int:
    """Move the customers of a person to the person's present team; returns how many moved."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, {"owner": owner.pk, "team": owner.team_id, "now": now()})
        moved = [key for (key,) in cursor.fetchall()]
    index("customer", moved)
    return len(moved)


@action
def leave_team(team_id: int, *, into_id: int, by: Actor) -> int:
    """Move all customers of an archived team to the one that took its people in; returns how many moved."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, {"team": team_id, "into": into_id, "now": now()})
        moved = [key for (key,) in cursor.fetchall()]
    index("customer", moved)
    return len(moved)
