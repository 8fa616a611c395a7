"""The one place that says which records a person reaches (PPL-4, ALL-3).

Every queryset's `visible_to`, every list, search and export asks `reach`; nothing else compares owners.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q

from leadline.core.planned import planned

if TYPE_CHECKING:
    from leadline.people.models import User

WIDTH = {"own": 1, "territory": 2, "team": 3, "all": 4}

Branch = tuple[str, list[Any]]

# The columns of a record's table that decide who reaches it, in the order in which `Reach.covers` takes them.
SCOPE_COLUMNS = ("owner_id", "team_id", "territory_id")

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
       (SELECT array_agg(id ORDER BY id) FROM managed),
       (SELECT array_agg(territory.id ORDER BY territory.id)
          FROM people_territorymember member
          JOIN people_territory territory ON territory.id = member.territory_id
         WHERE member.user_id = %(user)s AND territory.retired_at IS NULL)
"""


@dataclass(frozen=True)
class Grants:
    """All that a person's roles allow together: the widest scope for each object and verb.

    A team and a territory are both more than the own, and neither holds the other: what any role gives by
    `by_territory` counts beside a team's scope.
    """

    allowed: dict[str, dict[str, str]]
    roles: tuple[str, ...] = ()
    managed_teams: tuple[int, ...] = ()
    territories: tuple[int, ...] = ()
    by_territory: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of_row(
        cls, grants: Any, roles: list[str] | None, teams: list[int] | None, territories: list[int] | None
    ) -> "Grants":
        """From the values of `GRANTS_COLUMNS`."""
        given = _decoded(grants)
        territorial = frozenset(_given_by_territory(given))
        return cls(
            _widest(given), tuple(roles or ()), tuple(teams or ()), tuple(territories or ()), territorial
        )

    def scope(self, kind: str, verb: str) -> str | None:
        """`own`, `territory`, `team`, `all`, or None where no role allows it."""
        return self.allowed.get(kind, {}).get(verb)


@dataclass(frozen=True)
class Reach:
    """Which records somebody reaches: all, or by owner, team, territory; none when all are empty."""

    everything: bool = False
    owner_id: int | None = None
    team_ids: tuple[int, ...] = field(default=())
    territory_ids: tuple[int, ...] = field(default=())

    @property
    def nothing(self) -> bool:
        """Whether no record at all is within reach."""
        return not self.everything and self.owner_id is None

    def q(self, owner: str = "owner", team: str = "team", territory: str = "territory") -> Q:
        """As a filter for a queryset, by names of fields; `territory` is empty where there is none."""
        if self.everything:
            return Q()
        if self.nothing:
            return Q(pk__in=[])
        reached = Q(**{owner: self.owner_id})
        if self.team_ids:
            reached |= Q(**{f"{team}__in": self.team_ids})
        if self.territory_ids and territory:
            reached |= Q(**{f"{territory}__in": self.territory_ids})
        return reached

    def sql(self, table: str) -> Branch:
        """As one SQL condition on a table with owner_id, team_id and territory_id, with its parameters."""
        if self.everything:
            return "TRUE", []
        if self.nothing:
            return "FALSE", []
        tests = [f"{table}.owner_id = %s"]
        params: list[Any] = [self.owner_id]
        for column, ids in self._wider():
            tests.append(f"{table}.{column} = ANY(%s)")
            params.append(ids)
        return (tests[0] if len(tests) == 1 else f"({' OR '.join(tests)})"), params

    def branches(self, table: str) -> list[Branch]:
        """As separate conditions that don't overlap, each a plain equality that an index answers.

        What is reached by a wider way already is left out of the narrower: teams, then territories, then own.
        """
        if self.everything:
            return [("TRUE", [])]
        if self.nothing:
            return []
        found: list[Branch] = []
        without = ""
        without_params: list[Any] = []
        for column, ids in self._wider():
            found += [(f"{table}.{column} = %s{without}", [key, *without_params]) for key in ids]
            without += f" AND ({table}.{column} IS NULL OR {table}.{column} <> ALL(%s))"
            without_params = [*without_params, ids]
        return [*found, (f"{table}.owner_id = %s{without}", [self.owner_id, *without_params])]

    def covers(self, owner_id: int | None, team_id: int | None, territory_id: int | None = None) -> bool:
        """Whether one record with this owner, team and territory is within reach."""
        if self.everything:
            return True
        return (
            (owner_id is not None and owner_id == self.owner_id)
            or (team_id is not None and team_id in self.team_ids)
            or (territory_id is not None and territory_id in self.territory_ids)
        )

    def _wider(self) -> list[tuple[str, list[int]]]:
        """The columns besides the owner's that let in, with their keys."""
        ways = (("team_id", self.team_ids), ("territory_id", self.territory_ids))
        return [(column, list(ids)) for column, ids in ways if ids]


def reach(user: "User", kind: str, verb: str = "view") -> Reach:
    """The records of a kind on which this person may do the verb.

    Team scope holds for the teams that the person manages and all teams below, territory scope for the
    territories the person is a member of (PPL-3); own records always count.
    """
    return reach_of(user.grants, user.pk, kind, verb) if user.is_active else Reach()


def reach_of(grants: Grants, user_id: int, kind: str, verb: str = "view") -> Reach:
    """The same for somebody active, by grants that may be other than the present ones."""
    scope = grants.scope(kind, verb)
    if scope is None:
        return Reach()
    if scope == "all":
        return Reach(everything=True)
    return Reach(
        owner_id=user_id,
        team_ids=grants.managed_teams if scope == "team" else (),
        territory_ids=grants.territories if (kind, verb) in grants.by_territory else (),
    )


def grants_of(user_id: int | None) -> Grants:
    """What the roles of a user allow as of now; one query."""
    with planned() as cursor:
        cursor.execute(f"{MANAGED_TEAMS} SELECT {GRANTS_COLUMNS}", {"user": user_id})
        return Grants.of_row(*cursor.fetchone())


def grants_of_many(user_ids: Iterable[int]) -> dict[int, Grants]:
    """The same for many; one query."""
    each = f"{MANAGED_TEAMS} SELECT {GRANTS_COLUMNS}".replace("%(user)s", "person.id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT person.id, its.* FROM unnest(%s::bigint[]) AS person(id), LATERAL ({each}) AS its",
            [list(user_ids)],
        )
        return {user_id: Grants.of_row(*row) for user_id, *row in cursor.fetchall()}


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


def _given_by_territory(grants: Any) -> list[tuple[str, str]]:
    """What any of the roles gives within territories: (object, verb)."""
    return [
        (kind, verb)
        for role in grants
        for kind, verbs in role.items()
        for verb, scope in verbs.items()
        if scope == "territory"
    ]
