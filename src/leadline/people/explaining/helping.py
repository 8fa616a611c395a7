"""Who can help: people by name whose roles let them do it, nearest first (PPL-5)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leadline.core.formats import listed
from leadline.core.verbs import Whose
from leadline.people.explaining.answers import Helper
from leadline.people.models import Role, User
from leadline.people.permissions import Permission
from leadline.people.scope import Grants, grants_of_many, reach_of
from leadline.people.working.queries import away_now, manager_of

MOST_MANAGERS, MOST_OTHERS, MOST_ADMINISTRATORS = 2, 2, 2
LOOKED_AT = 20
# The managers of a team and of those above it, the nearest first.
_MANAGERS = """
WITH RECURSIVE above AS (
    SELECT id, parent_id, manager_id, name, 0 AS distance FROM people_team WHERE id = %s
    UNION ALL
    SELECT team.id, team.parent_id, team.manager_id, team.name, distance + 1
      FROM above JOIN people_team team ON team.id = above.parent_id WHERE distance < 20
)
SELECT manager_id, name FROM above WHERE manager_id IS NOT NULL ORDER BY distance
"""
Candidate = tuple[User, str]


@dataclass
class Staff:
    """Those who may help one person; what is read about somebody is read once."""

    viewer: User
    grants: dict[int, Grants] = field(default_factory=dict)

    def who_can(self, asked: Permission, whose: Whose | None) -> list[Helper]:
        """Who may do it with this record, or (without one) with any: owner, managers, then others by role."""
        near = self._near(whose)
        far = self._by_role(asked)
        able = self._able([*near, *far], asked, whose)
        nearest = _first([one for one in near if one[0].pk in able], 1 + MOST_MANAGERS, set())
        taken = {user.pk for user, _words in nearest}
        others = [one for one in far if one[0].pk in able]
        administrators = [one for one in others if _is_administrator(self.grants[one[0].pk])]
        others = [one for one in others if one not in administrators]
        return self._told(
            [
                *nearest,
                *_first(others, MOST_OTHERS, taken),
                *_first(administrators, MOST_ADMINISTRATORS, taken),
            ]
        )

    def who_leads(self) -> list[Helper]:
        """The person's own manager, and administrators: all that is told where a record is not there."""
        manager = manager_of(self.viewer)
        near = [(manager, _("Your manager"))] if manager and manager.is_active else []
        taken = {user.pk for user, _words in near}
        administrators = [
            (user, _("Administrator"))
            for user in _holders("user", "manage").exclude(pk=self.viewer.pk)[:LOOKED_AT]
        ]
        return self._told([*near, *_first(administrators, MOST_ADMINISTRATORS, taken)])

    def _near(self, whose: Whose | None) -> list[Candidate]:
        if whose is None:
            manager = manager_of(self.viewer)
            return self._active([(manager, _("Your manager"))] if manager else [])
        owner = [(whose.owner, _("Owner"))] if whose.owner else []
        return self._active([*owner, *_managers_of(whose.team_id)])

    def _by_role(self, asked: Permission) -> list[Candidate]:
        holders = _holders(asked.kind, asked.verb, scope="all").prefetch_related("roles")
        found: list[Candidate] = []
        for user in holders.exclude(pk=self.viewer.pk)[:LOOKED_AT]:
            roles = [_(role.name) for role in user.roles.all() if role.grants.get(asked.kind)]
            found.append((user, listed(roles)))
        return found

    def _active(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those who work here; of an owner only the name was read with the record."""
        given = [one for one in candidates if one[0].pk != self.viewer.pk]
        here = User.objects.active().in_bulk([user.pk for user, _words in given])
        return [(here[user.pk], words) for user, words in given if user.pk in here]

    def _able(self, candidates: list[Candidate], asked: Permission, whose: Whose | None) -> set[int]:
        unknown = {user.pk for user, _words in candidates} - set(self.grants)
        if unknown:
            self.grants |= grants_of_many(sorted(unknown))
        able = set()
        for user, _words in candidates:
            within = reach_of(self.grants[user.pk], user.pk, asked.kind, asked.verb)
            if not within.nothing and (whose is None or within.covers(*whose.columns)):
                able.add(user.pk)
        return able

    def _told(self, candidates: list[Candidate]) -> list[Helper]:
        away = away_now(User.objects.filter(pk__in=[user.pk for user, _words in candidates]))
        return [
            Helper(user, words, away[user.pk].ends_on if user.pk in away else None)
            for user, words in candidates
        ]


def _first(candidates: list[Candidate], most: int, taken: set[int]) -> list[Candidate]:
    """So many of them, nobody twice; notes who is taken."""
    found: list[Candidate] = []
    for user, words in candidates:
        if user.pk not in taken and len(found) < most:
            found.append((user, words))
            taken.add(user.pk)
    return found


def _holders(kind: str, verb: str, scope: str = "") -> QuerySet[User]:
    """Those with a role that allows it (with that scope), by name."""
    roles = [
        role.pk
        for role in Role.objects.in_use()
        if (given := role.grants.get(kind, {}).get(verb)) and scope in ("", given)
    ]
    return User.objects.active().filter(roles__in=roles).order_by("name", "id").distinct()


def _managers_of(team_id: int | None) -> list[Candidate]:
    if team_id is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_MANAGERS, [team_id])
        rows = cursor.fetchall()
    users = User.objects.in_bulk([row[0] for row in rows])
    return [(users[key], _("Manager of %(team)s") % {"team": name}) for key, name in rows if key in users]


def _is_administrator(grants: Grants) -> bool:
    return grants.scope("user", "manage") is not None
