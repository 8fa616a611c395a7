"""What a change of a role would do, counted exactly: it is made, looked at, and taken back (PPL-2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.utils.translation import ngettext

from leadline.core.changesets import preview
from leadline.core.fields import catalogue
from leadline.core.formats import number
from leadline.people.models import Role, User
from leadline.people.permissions import Permission, Permissions, registered_permissions
from leadline.people.scope import SCOPE_COLUMNS, Grants, grants_of_many, reach_of

UNCOUNTED = ("create", "import")  # what is not there yet is nobody's

# Owner, team and whatever else decides about scope → how many current records have just these.
Group = tuple[Any, ...]
Groups = dict[Group, int]
Whose = dict[int, Grants]


@dataclass(frozen=True)
class Touched:
    """One person, and how many records it is about; none where nothing is counted."""

    user: User
    records: int | None


@dataclass(frozen=True)
class Effect:
    """People who may do something now, or no longer; `records` counts each record once, for whomever."""

    permission: Permission
    gains: bool
    people: list[Touched]
    records: int | None
    sentence: str


def effects_on(role: Role, verb: Callable[..., Any], *args: Any, **answers: Any) -> list[Effect]:
    """What doing `verb` (an action) would change for those who hold the role, losses first.

    Refusals come through, as they would when it is done.
    """
    people = {user.pk: user for user in User.objects.active().filter(roles=role).order_by("name", "pk")}
    before = grants_of_many(people)

    def after() -> Whose:
        verb(*args, **answers)
        return grants_of_many(people)

    after_it = preview(after)
    differ = {pk: user for pk, user in people.items() if before[pk] != after_it[pk]}
    groups_of = cache(_groups)
    losses = _Beyond(differ, before, after_it, groups_of)
    gains = _Beyond(differ, after_it, before, groups_of)
    return [*losses.effects(gains=False), *gains.effects(gains=True)]


@dataclass(frozen=True)
class _Beyond:
    """What one state allows these people beyond another."""

    people: dict[int, User]
    allowed: Whose
    other: Whose
    groups_of: Callable[[str], Groups]

    def effects(self, *, gains: bool) -> Iterator[Effect]:
        """An effect for each permission that reaches further here."""
        for on in registered_permissions():
            changed = [(each, who) for each in on.permissions if (who := self._with_another_scope(each))]
            groups = self.groups_of(on.kind) if changed and on.counted else {}
            for permission, who in changed:
                effect = self._effect(on, permission, who, groups, gains)
                if effect.people:
                    yield effect

    def _with_another_scope(self, permission: Permission) -> list[int]:
        return [
            pk
            for pk in self.people
            if self.allowed[pk].scope(permission.kind, permission.verb)
            and _ways(self.allowed[pk], permission) != _ways(self.other[pk], permission)
        ]

    def _effect(
        self, on: Permissions, permission: Permission, who: list[int], groups: Groups, gains: bool
    ) -> Effect:
        if on.counted is None or permission.verb in UNCOUNTED:
            touched = [Touched(self.people[pk], None) for pk in who if self._only_here(pk, permission)]
            return _told(permission, gains, touched, "", None)
        beyond = {pk: self._groups_beyond(pk, permission, groups) for pk in who}
        touched = [
            Touched(self.people[pk], sum(groups[group] for group in found))
            for pk, found in beyond.items()
            if found or self._only_here(pk, permission)
        ]
        together: set[Group] = set().union(*beyond.values())
        records = sum(groups[group] for group in together)
        return _told(permission, gains, touched, on.counted(records) if records else "", records)

    def _only_here(self, pk: int, permission: Permission) -> bool:
        return self.other[pk].scope(permission.kind, permission.verb) is None

    def _groups_beyond(self, pk: int, permission: Permission, groups: Groups) -> set[Group]:
        here, there = (
            reach_of(grants[pk], pk, permission.kind, permission.verb)
            for grants in (self.allowed, self.other)
        )
        return {group for group in groups if here.covers(*group) and not there.covers(*group)}


def _ways(grants: Grants, permission: Permission) -> tuple[str | None, bool]:
    """The scope, and whether territories count beside it."""
    asked = permission.kind, permission.verb
    return grants.scope(*asked), asked in grants.by_territory


def _groups(kind: str) -> Groups:
    """The current records of a kind, counted by what decides about scope: one pass, whoever is looked at."""
    about = catalogue(kind)
    columns = ", ".join(SCOPE_COLUMNS)
    current = f"WHERE {about.archived_sql} IS NULL" if about.archived_sql else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}, count(*) FROM {about.table} {current} GROUP BY {columns}")
        return {tuple(row[:-1]): row[-1] for row in cursor.fetchall()}


def _told(
    permission: Permission, gains: bool, touched: list[Touched], objects: str, records: int | None
) -> Effect:
    words = {
        "people": number(len(touched)),
        "deed": permission.in_words(objects),
        "objects": objects or permission.objects,
    }
    return Effect(permission, gains, touched, records, _sentence(permission, gains, len(touched)) % words)


def _sentence(permission: Permission, gains: bool, people: int) -> str:
    if permission.verb == "view" and not permission.is_plain:
        return (
            ngettext(
                "%(people)s person now sees %(objects)s.", "%(people)s people now see %(objects)s.", people
            )
            if gains
            else ngettext(
                "%(people)s person loses sight of %(objects)s.",
                "%(people)s people lose sight of %(objects)s.",
                people,
            )
        )
    return (
        ngettext("%(people)s person may now %(deed)s.", "%(people)s people may now %(deed)s.", people)
        if gains
        else ngettext(
            "%(people)s person may no longer %(deed)s.", "%(people)s people may no longer %(deed)s.", people
        )
    )
