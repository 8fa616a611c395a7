"""Which payments, events and usage of the platform somebody reaches: those of the customers in reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leadline.core.lists.scope import Sql
from leadline.people.scope import Reach, reach

if TYPE_CHECKING:
    from leadline.people.models import User

# Through the pulse of customers, whose indexes by owner, team and territory hold the archived ones too. Way
# after way: each index tells whose customers they are by itself, where one condition looks at all their rows.
_REACHED = "SELECT reached.customer_id FROM customers_pulse reached WHERE {test}"
_OF_USERS = (
    "{column} IN (SELECT seen.id FROM ({reached}) AS own"
    " JOIN platform_platformuser seen ON seen.customer_id = own.customer_id)"
)
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
        ways = self.within.branches("reached")
        reached = " UNION ALL ".join(_REACHED.format(test=test) for test, _params in ways)
        params = [param for _test, its_params in ways for param in its_params]
        return self.through.format(column=self.column, reached=reached), params

    def branches(self, table: str) -> list[Sql]:
        """The same: there is one branch."""
        return [] if self.within.nothing else [self.sql(table)]


def payments_reached(user: User, kind: str = "payment", verb: str = "view") -> OfReachedUsers:
    """The payments on which somebody may do the verb."""
    return OfReachedUsers(reach(user, kind, verb), "platform_payment.user_id")


def events_reached(user: User) -> OfReachedUsers:
    """The events that somebody sees."""
    return OfReachedUsers(reach(user, "platform_user", "view"), "platform_platformevent.user_id")


def usage_reached(user: User, kind: str = "usage", verb: str = "view") -> OfReachedUsers:
    """What customers use, on which somebody may do the verb."""
    return OfReachedUsers(reach(user, kind, verb), "platform_featureuse.customer_id", _OF_CUSTOMERS)
