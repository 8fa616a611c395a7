"""Whom and what the benchmark takes from the data set that it finds."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection

from leadline.core.refusals import RuleBroken
from leadline.customers.models import Customer
from leadline.people.models import User

_OWNER = """
SELECT owner_id FROM customers_customer WHERE archived_at IS NULL AND owner_id IS NOT NULL
   AND owner_id NOT IN (SELECT manager_id FROM people_team WHERE manager_id IS NOT NULL)
   AND owner_id > (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY id) FROM people_user)
 GROUP BY 1 ORDER BY abs(count(*) - 500), 1 LIMIT 1
"""
_MANAGER = """
SELECT team.manager_id FROM people_team team JOIN customers_customer c ON c.team_id = team.id
 WHERE team.manager_id IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM people_team below WHERE below.parent_id = team.id)
 GROUP BY 1 ORDER BY abs(count(*) - 5000), 1 LIMIT 1
"""


@dataclass(frozen=True)
class Data:
    """The people who ask, and customers to look at, the same in each run on the same data."""

    times: int = 30

    @cached_property
    def people(self) -> dict[str, User]:
        """A seller, a manager and an administrator."""
        return {
            "rep": self._user(_OWNER),
            "manager": self._user(_MANAGER),
            "administrator": self.administrator,
        }

    @cached_property
    def administrator(self) -> User:
        """Somebody who sees everything."""
        found = User.objects.active().filter(roles__key="administrator").order_by("pk").first()
        if found is None:
            raise RuleBroken("There is no administrator; run `leadline demo --size large` first.")
        return found

    @cached_property
    def customers(self) -> int:
        """How many customers there are."""
        return Customer.objects.count()

    @cached_property
    def sample(self) -> list[int]:
        """Customers from everywhere in the table."""
        rows = query("SELECT min(id), max(id) FROM customers_customer")[0]
        first, last = rows[0] or 0, rows[1] or 0
        step = max(1, (last - first) // 37)
        return [row[0] for row in query(
            "SELECT id FROM customers_customer WHERE id = ANY(%s) AND archived_at IS NULL ORDER BY id",
            [list(range(first, last + 1, step))],
        )]  # fmt: skip

    def sizes(self) -> dict[str, int]:
        """How much there is of what."""
        tables = {
            "customers": "customers_customer",
            "contacts": "customers_contact",
            "activities": "timeline_activity",
            "history entries": "core_history",
            "users": "people_user",
        }
        return {name: query(f"SELECT count(*) FROM {table}")[0][0] for name, table in tables.items()}

    def _user(self, sql: str) -> User:
        found = query(sql)
        if not found:
            raise RuleBroken("There is no demo data to measure on; run `leadline demo --size large` first.")
        return User.objects.get(pk=found[0][0])


def query(sql: str, params: Any = None) -> list[tuple[Any, ...]]:
    """The rows of a plain statement; none of one that gives none."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []
