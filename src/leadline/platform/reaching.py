"""Which payments, events and usage of the platform somebody reaches: those of the customers in reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from leadline.core.lists.scope import Sql
from leadline.core.sets import array_of
from leadline.people.scope import Reach, reach

if TYPE_CHECKING:
    from leadline.people.models import User

FEW = 1_000  # users whose ids a statement may name
# Through the pulse of customers, whose indexes by owner, team and territory hold the archived ones too. Way
# after way: each index tells whose customers they are by itself, where one condition looks at all their rows.
_REACHED = "SELECT reached.customer_id FROM customers_pulse reached WHERE {test}"
_OF_USERS = (
    "{column} IN (SELECT seen.id FROM ({reached}) AS own"
    " JOIN platform_platformuser seen ON seen.customer_id = own.customer_id)"
)
# Few customers use the platform, and few users pay: their index is searched once for all, in its order.
_THEIR_USERS = "SELECT seen.id FROM platform_platformuser seen WHERE seen.customer_id = ANY(ARRAY({reached}))"
_OF_FEW_USERS = f"{{column}} IN ({_THEIR_USERS})"
_OF_CUSTOMERS = "{column} IN ({reached})"


@dataclass(frozen=True)
class OfReachedUsers:
    """Rows that name a user of the platform in a column; those of nobody's users only for who reaches all.

    `through` is SQL of how the column leads to the customers in reach.
    """

    within: Reach
    column: str
    through: str = _OF_USERS

    @property
    def everything(self) -> bool:
        """Whether all are within reach."""
        return self.within.everything

    @property
    def nothing(self) -> bool:
        """Whether not one is."""
        return self.within.nothing

    def sql(self, table: str) -> Sql:
        """One condition, the same whichever table the list is scoped by."""
        if self.within.everything or self.within.nothing:
            return self.within.sql(table)
        own, params = self._reached()
        return self.through.format(column=self.column, reached=own), params

    def branches(self, table: str) -> list[Sql]:
        """The same: there is one branch."""
        return [] if self.within.nothing else [self.sql(table)]

    def looked_up(self) -> OfReachedUsers | OfTheseUsers:
        """The same with its users looked up now, for a page that asks several questions about them; itself
        where that is everybody, or more than a few."""
        if self.everything or self.nothing:
            return self
        own, params = self._reached()
        with connection.cursor() as cursor:
            cursor.execute(f"{_THEIR_USERS.format(reached=own)} LIMIT {FEW + 1}", params)
            ids = sorted(pk for (pk,) in cursor.fetchall())
        return self if len(ids) > FEW else OfTheseUsers(self.column, tuple(ids))

    def _reached(self) -> Sql:
        """The customers in reach."""
        ways = self.within.branches("reached")
        params = [param for _test, its_params in ways for param in its_params]
        return " UNION ALL ".join(_REACHED.format(test=test) for test, _params in ways), params


@dataclass(frozen=True)
class OfTheseUsers:
    """Rows that name one of a few users of the platform in a column."""

    column: str
    ids: tuple[int, ...]
    everything = False

    @property
    def nothing(self) -> bool:
        """Whether there is not one."""
        return not self.ids

    def sql(self, table: str) -> Sql:
        """One condition, the same whichever table the list is scoped by."""
        return f"{self.column} = ANY(%s::bigint[])", [array_of(self.ids)]

    def branches(self, table: str) -> list[Sql]:
        """The same: there is one branch."""
        return [self.sql(table)] if self.ids else []


def payments_reached(user: User, kind: str = "payment", verb: str = "view") -> OfReachedUsers:
    """The payments on which somebody may do the verb."""
    return OfReachedUsers(reach(user, kind, verb), "platform_payment.user_id", _OF_FEW_USERS)


def events_reached(user: User) -> OfReachedUsers:
    """The events that somebody sees."""
    return OfReachedUsers(reach(user, "platform_user", "view"), "platform_platformevent.user_id")


def usage_reached(user: User, kind: str = "usage", verb: str = "view") -> OfReachedUsers:
    """What customers use, on which somebody may do the verb."""
    return OfReachedUsers(reach(user, kind, verb), "platform_featureuse.customer_id", _OF_CUSTOMERS)
