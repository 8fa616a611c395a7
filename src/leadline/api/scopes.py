"""Which rows of a list are within reach, where they have no owner of their own."""

from dataclasses import dataclass
from typing import Any

from leadline.core.lists.scope import Sql
from leadline.people.scope import Reach, reach

EVERYTHING = Reach(everything=True)


@dataclass(frozen=True)
class OfVisibleCustomers:
    """Rows about the customers that a person sees (`customer_id`), as `AboutACustomer.visible_to` says it."""

    within: Reach

    @property
    def everything(self) -> bool:
        """Whether all customers are within reach."""
        return self.within.everything

    def sql(self, table: str) -> Sql:
        """One condition on the table."""
        if self.within.everything or self.within.nothing:
            return self.within.sql(table)
        inner, params = self.within.sql("seen")
        return f"{table}.customer_id IN (SELECT seen.id FROM customers_customer seen WHERE {inner})", params

    def branches(self, table: str) -> list[Sql]:
        """The same: there is one branch, as the table has no index by owner."""
        return [] if self.within.nothing else [self.sql(table)]


@dataclass(frozen=True)
class OfOneRecord:
    """Rows about one record that was looked up by who may see it; `column` names the record in them."""

    record_id: int
    column: str
    everything: bool = False

    def sql(self, table: str) -> Sql:
        """One plain equality, answered by the index on the record."""
        return f"{self.column} = %s", [self.record_id]

    def branches(self, table: str) -> list[Sql]:
        """The same."""
        return [self.sql(table)]


@dataclass(frozen=True)
class Colleagues:
    """Users as everybody who works here sees them: without the house."""

    everything: bool = False

    def sql(self, table: str) -> Sql:
        """One condition on the table of users."""
        return f"NOT {table}.is_system", []

    def branches(self, table: str) -> list[Sql]:
        """The same."""
        return [self.sql(table)]


def about_customers_of(user: Any) -> OfVisibleCustomers:
    """The scope of what belongs to customers, for one person."""
    return OfVisibleCustomers(reach(user, "customer", "view"))
