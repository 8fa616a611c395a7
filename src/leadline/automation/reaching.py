"""Which credits somebody reaches: by whom they count for, not by the owner of today (PLT-6, PRF-2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leadline.core.lists.scope import Sql
from leadline.people.scope import Reach, reach

if TYPE_CHECKING:
    from leadline.people.models import User

CREDITS = "automation_credit"
_OF_TEAMS = "{table}.user_id IN (SELECT member.id FROM people_user member WHERE member.team_id = ANY(%s))"


@dataclass(frozen=True)
class OfCredited:
    """Credits of the people within reach; the customers beside them only within their own reach."""

    within: Reach
    customers: Reach

    @property
    def everything(self) -> bool:
        """Whether all are within reach."""
        return self.within.everything

    @property
    def nothing(self) -> bool:
        """Whether not one is."""
        return self.within.nothing

    def sql(self, table: str) -> Sql:
        """The condition on credits; on customers that are joined beside, the one of customers."""
        if table != CREDITS:
            return self.customers.sql(table)
        if self.within.everything or self.within.nothing:
            return self.within.sql(table)
        own: Sql = (f"{table}.user_id = %s", [self.within.owner_id])
        if not self.within.team_ids:
            return own
        return f"({own[0]} OR {_OF_TEAMS.format(table=table)})", [*own[1], list(self.within.team_ids)]

    def branches(self, table: str) -> list[Sql]:
        """The same: there is one branch."""
        return [] if self.nothing else [self.sql(table)]


def credits_reached(user: User, kind: str = "credit", verb: str = "view") -> OfCredited:
    """The credits that somebody sees: one's own, those of one's teams, or all, as the role shows payments.

    The same as `visible_to` of the queryset.
    """
    return OfCredited(reach(user, "payment", verb), reach(user, "customer", "view"))
