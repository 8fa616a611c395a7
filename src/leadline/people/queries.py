"""Questions about people."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from leadline.people.models import Role, Team, Territory, Token, User
from leadline.people.permissions import Permission, registered_permissions
from leadline.people.wording import scope_in_words

PAGE = 100
Rest = TypeVar("Rest")


@dataclass(frozen=True)
class TeamLine:
    """A team in the tree: how deep it stands, and how many people are in it."""

    team: Team
    depth: int
    members: int


@dataclass(frozen=True)
class RoleLine:
    """A role, how many people hold it, and for each permission asked about the scope and its words."""

    role: Role
    people: int
    cells: list[tuple[str, str]]


def colleagues(user: User, *, search: str = "", left: bool = False, skill: int = 0) -> QuerySet[User]:
    """The people that a person may see by name, those who left only when asked for; `skill` is an id."""
    found = (
        User.objects.visible_to(user).select_related("team").prefetch_related("roles").order_by("name", "id")
    )
    if not left:
        found = found.filter(is_active=True)
    if skill:
        found = found.filter(held_skills__skill=min(skill, 2**63 - 1))
    for word in search.split():
        found = found.filter(
            Q(name__icontains=word) | Q(email__icontains=word) | Q(team__name__icontains=word)
        )
    return found


def tokens_of(user: User) -> QuerySet[Token]:
    """The tokens that still work, newest first."""
    return Token.objects.filter(user=user, revoked_at=None).order_by("-id")


def tree_of_teams() -> list[TeamLine]:
    """All teams, each below the one it stands in, by name."""
    members = Count("members", filter=Q(members__is_active=True))
    teams = Team.objects.in_use().select_related("manager").annotate(people=members).order_by("name")
    return [
        TeamLine(team, depth, team.people)  # annotated above
        for _key, depth, team in _as_tree((team.pk, team.parent_id, team) for team in teams)
    ]


def holders_of(role: Role) -> QuerySet[User]:
    """Who holds a role and can sign in, by name."""
    return User.objects.active().filter(roles=role).select_related("team").order_by("name", "id")


def table_of_roles() -> list[tuple[Any, list[Permission], list[RoleLine]]]:
    """What each role may: one table for all that has owners, one for what belongs to the house."""
    people = Count("users", filter=Q(users__is_active=True))
    roles = list(Role.objects.in_use().annotate(people=people))
    every = registered_permissions()
    tables = [(found.label, list(found.permissions)) for found in every if found.counted]
    rest = [each for found in every if not found.counted for each in found.permissions]
    tables.append((_("The house"), rest))
    return [
        (
            label,
            columns,
            [RoleLine(role, role.people, [_cell(role, each) for each in columns]) for role in roles],
        )
        for label, columns in tables
    ]


def _cell(role: Role, asked: Permission) -> tuple[str, str]:
    scope = role.grants.get(asked.kind, {}).get(asked.verb, "")
    return scope, scope_in_words(asked.kind, asked.verb, scope)


def name_of(kind: str, key: int) -> str:
    """The name of a user, team or territory as a sentence says it; the number of what is not there."""
    model = {"user": User, "team": Team, "territory": Territory}.get(kind)
    found = model._default_manager.filter(pk=key).values_list("name", flat=True).first() if model else None
    return found or f"#{key}"


def teams_to_choose() -> list[tuple[int, str]]:
    """All teams by name, with the places they stand at in the tree."""
    rows = Team.objects.in_use().order_by("name").values_list("pk", "parent_id", "name")
    return [(key, f"{'– ' * depth}{name}") for key, depth, name in _as_tree(rows)]


def _as_tree(rows: Iterable[tuple[int, int | None, Rest]]) -> Iterator[tuple[int, int, Rest]]:
    """Rows of key, parent and whatever else, each below its parent: key, depth, the rest."""
    below: dict[int | None, list[tuple[int, Rest]]] = {}
    for key, parent, rest in rows:
        below.setdefault(parent, []).append((key, rest))

    def walk(parent: int | None, depth: int) -> Iterator[tuple[int, int, Rest]]:
        for key, rest in below.get(parent, ()):
            yield key, depth, rest
            yield from walk(key, depth + 1)

    return walk(None, 0)


def territories_in_order() -> QuerySet[Territory]:
    """The territories that take customers in, in the order in which they do (PPL-3)."""
    return Territory.objects.filter(retired_at=None).order_by("position", "id")


def territories_to_choose() -> list[tuple[int, str]]:
    """The same by name."""
    return list(territories_in_order().values_list("pk", "name"))


def chosen_people(chosen: Mapping[int, int | None]) -> dict[int, User]:
    """Record → the person whom rules chose for it, of those who were not let go meanwhile."""
    people = User.objects.active().in_bulk({key for key in chosen.values() if key})
    return {record: people[key] for record, key in chosen.items() if key in people}
