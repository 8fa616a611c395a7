"""The one place that says which records a person reaches (PPL-4, ALL-3).

Every queryset's `visible_to`, every list, search and export asks `reach`; nothing else compares owners.
"""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q

if TYPE_CHECKING:
    from leadline.people.models import User

WIDTH = {"own": 1, "team": 2, "all": 3}

Branch = tuple[str, list[Any]]

# For a query of ours: what stands before SELECT, and the columns that `Grants.of_row` reads.
MANAGED_TEAMS = """
WITH RECURSIVE managed AS (
    SELECT id FROM people_team WHERE manager_id = %(user)s
    UNION
    SELECT team.id FROM people_team team JOIN managed ON team.parent_id = managed.id
)
"""
GRANTS_COLUMNS = """
       (SELECT coalesce(jsonb_agg(role.grants), '[]')
          FROM people_user_roles held JOIN people_role role ON role.id = held.role_id
         WHERE held.user_id = %(user)s AND role.retired_at IS NULL),
       (SELECT array_agg(key ORDER BY position)
          FROM people_user_roles held JOIN people_role role ON role.id = held.role_id
         WHERE held.user_id = %(user)s AND role.retired_at IS NULL),
       (SELECT array_agg(id ORDER BY id) FROM managed)
"""


@dataclass(frozen=True)
class Grants:
    """All that a person's roles allow together: the widest scope for each object and verb."""

    allowed: dict[str, dict[str, str]]
    roles: tuple[str, ...] = ()
    managed_teams: tuple[int, ...] = ()

    @classmethod
    def of_row(cls, grants: Any, roles: list[str] | None, teams: list[int] | None) -> "Grants":
        """From the values of `GRANTS_COLUMNS`."""
        return cls(_widest(_decoded(grants)), tuple(roles or ()), tuple(teams or ()))

    def scope(self, kind: str, verb: str) -> str | None:
        """`own`, `team`, `all`, or None where no role allows it."""
        return self.allowed.get(kind, {}).get(verb)


@dataclass(frozen=True)
class Reach:
    """Which records of a kind somebody reaches: all, or by owner and team; none when both are empty."""

    everything: bool = False
    owner_id: int | None = None
    team_ids: tuple[int, ...] = field(default=())

    @property
    def nothing(self) -> bool:
        """Whether no record at all is within reach."""
        return not self.everything and self.owner_id is None

    def q(self, owner: str = "owner", team: str = "team") -> Q:
        """As a filter for a queryset, by the names of its owner and team fields."""
        if self.everything:
            return Q()
        if self.nothing:
            return Q(pk__in=[])
        own = Q(**{owner: self.owner_id})
        return own | Q(**{f"{team}__in": self.team_ids}) if self.team_ids else own

    def sql(self, table: str) -> Branch:
        """As one SQL condition on a table with owner_id and team_id, with its parameters."""
        if self.everything:
            return "TRUE", []
        if self.nothing:
            return "FALSE", []
        if not self.team_ids:
            return f"{table}.owner_id = %s", [self.owner_id]
        return f"({table}.owner_id = %s OR {table}.team_id = ANY(%s))", [self.owner_id, list(self.team_ids)]

    def branches(self, table: str) -> list[Branch]:
        """As separate conditions that don't overlap, each a plain equality that an index answers."""
        if self.everything:
            return [("TRUE", [])]
        if self.nothing:
            return []
        teams: list[Branch] = [(f"{table}.team_id = %s", [team]) for team in self.team_ids]
        if not teams:
            return [(f"{table}.owner_id = %s", [self.owner_id])]
        own = f"{table}.owner_id = %s AND ({table}.team_id IS NULL OR {table}.team_id <> ALL(%s))"
        return [*teams, (own, [self.owner_id, list(self.team_ids)])]

    def covers(self, owner_id: int | None, team_id: int | None) -> bool:
        """Whether one record with this owner and team is within reach."""
        if self.everything:
            return True
        return (owner_id is not None and owner_id == self.owner_id) or (
            team_id is not None and team_id in self.team_ids
        )


def reach(user: "User", kind: str, verb: str = "view") -> Reach:
    """The records of a kind on which this person may do the verb.

    Team scope holds for the teams that the person manages and all teams below; own records always count.
    """
    scope = user.grants.scope(kind, verb) if user.is_active else None
    if scope == "all":
        return Reach(everything=True)
    if scope == "team":
        return Reach(owner_id=user.pk, team_ids=user.grants.managed_teams)
    if scope == "own":
        return Reach(owner_id=user.pk)
    return Reach()


def grants_of(user_id: int | None) -> Grants:
    """What the roles of a user allow as of now; one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{MANAGED_TEAMS} SELECT {GRANTS_COLUMNS}", {"user": user_id})
        return Grants.of_row(*cursor.fetchone())


def _decoded(grants: Any) -> list[dict[str, dict[str, str]]]:
    """Django leaves jsonb of raw queries as text."""
    return json.loads(grants) if isinstance(grants, str) else grants


def _widest(grants: Any) -> dict[str, dict[str, str]]:
    """Permissions add up, and the widest scope holds (PPL-2)."""
    allowed: dict[str, dict[str, str]] = {}
    for role in grants:
        for kind, verbs in role.items():
            held = allowed.setdefault(kind, {})
            for verb, scope in verbs.items():
                if WIDTH.get(scope, 0) > WIDTH.get(held.get(verb, ""), 0):
                    held[verb] = scope
    return allowed
