"""The people who may own a kind of record, as they are at a moment: load, share, skills, hours, absence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from leadline.assignment.deciding import AWAY, LEFT, OFF, Person, Spec
from leadline.assignment.models import Share
from leadline.core.clock import zone_of
from leadline.core.normalise.folding import folded
from leadline.core.organisation import organisation
from leadline.people.models import TerritoryMember, User
from leadline.people.working.hours import Hours, shift_at
from leadline.people.working.loads import count_of
from leadline.people.working.models import Absence, HeldSkill, Skill
from leadline.people.working.naming import names_of_language

# Rehearsals ask who was at work for each half hour, not for each second.
STEP = timedelta(minutes=30)


@dataclass
class Roster:
    """Everybody who may own the kind, with what changes from moment to moment apart."""

    people: dict[int, Person]
    hours: dict[int, tuple[str, Hours | None]]
    absences: dict[int, list[tuple[Any, Any]]]
    fixed_at: datetime | None = None
    _by_moment: dict[datetime, Mapping[int, Person]] = field(default_factory=dict)
    _shifts: dict[tuple[Any, ...], tuple[date | None, date]] = field(default_factory=dict)

    def at(self, moment: datetime | None) -> Mapping[int, Person]:
        """The people as they are at a moment; the same object for the same half hour."""
        asked = self.fixed_at or moment
        if asked is None:
            return self.people
        slot = datetime.fromtimestamp(
            asked.timestamp() // STEP.total_seconds() * STEP.total_seconds(), asked.tzinfo
        )
        key = asked if self.fixed_at else slot
        if key not in self._by_moment:
            self._by_moment[key] = {
                person.id: person if person.state else person._replace(state=self._state(person.id, key))
                for person in self.people.values()
            }
        return self._by_moment[key]

    def _state(self, key: int, moment: datetime) -> str:
        """Away, not at work, or here. A shift over midnight belongs to the day on which it began."""
        shift, today = self._shift(*self.hours[key], moment)
        day = shift or today
        if any(begins <= day <= ends for begins, ends in self.absences.get(key, ())):
            return AWAY
        return "" if shift else OFF

    def _shift(self, zone: str, hours: Hours | None, moment: datetime) -> tuple[date | None, date]:
        """The day of the shift and the local day; asked once for all who keep the same hours in a zone."""
        key = (zone, None if hours is None else tuple(hours.items()), moment)
        if key not in self._shifts:
            local = moment.astimezone(zone_of(zone))
            self._shifts[key] = shift_at(hours, local), local.date()
        return self._shifts[key]


def roster_of(
    kind: str,
    owns: str,
    *,
    among: Q | None = None,
    also: Iterable[int] = (),
    begins: datetime,
    ends: datetime | None = None,
) -> Roster:
    """Everybody active `among` some whose roles allow to `owns` the kind, and `also` others, with all that
    rules ask.

    With an `ends` it knows the absences of a period; without, everything is as at the moment `begins`.
    """
    able = Q(roles__retired_at=None, **{f"roles__grants__{kind}__has_key": owns})
    chosen = User.objects.active().filter(able, among or Q()).values("pk")
    users = User.objects.filter(Q(pk__in=chosen) | Q(pk__in=list(also)), is_system=False)
    rows = list(
        users.annotate(carried=count_of(kind))
        .order_by("pk")
        .values_list("pk", "carried", "team_id", "language", "time_zone", "hours", "is_active")
    )
    ids = [row[0] for row in rows]
    shares = {each.user_id: each for each in Share.objects.filter(kind=kind, user__in=ids)}
    skills, spoken, territories = *_skills_of(ids), _territories_of(ids)
    people = {}
    for pk, load, team, language, _zone, _hours, is_active in rows:
        share = shares.get(pk)
        people[pk] = Person(
            pk,
            load,
            share.capacity if share else None,
            share.weight if share else 100,
            team,
            tuple(sorted(territories[pk])),
            tuple(sorted(skills[pk])),
            tuple(sorted(spoken[pk] | names_of_language(language) if language else spoken[pk])),
            "" if is_active else LEFT,
        )
    house = organisation().time_zone
    hours = {row[0]: (row[4] or house, row[5]) for row in rows}
    return Roster(people, hours, _absences(ids, begins, ends or begins), None if ends else begins)


def named_in(rules: Iterable[Spec]) -> Q:
    """Those whom any of the rules names: its people, its teams, else members of territories."""
    people: set[int] = set()
    teams: set[int] = set()
    by_territory = False
    for rule in rules:
        people |= rule.people
        teams |= rule.teams
        by_territory |= rule.in_territory and not rule.people and not rule.teams
    found = Q(pk__in=people) | Q(team__in=teams)
    return (
        found | Q(memberships__territory__retired_at=None, memberships__isnull=False)
        if by_territory
        else found
    )


def _skills_of(ids: list[int]) -> tuple[dict[int, set[int]], dict[int, set[str]]]:
    skills: dict[int, set[int]] = defaultdict(set)
    spoken: dict[int, set[str]] = defaultdict(set)
    held = HeldSkill.objects.filter(user__in=ids, skill__retired_at=None)
    for user, skill, name, kind in held.values_list("user", "skill", "skill__name", "skill__kind"):
        skills[user].add(skill)
        if kind == Skill.Kind.LANGUAGE:
            spoken[user].add(folded(name))
    return skills, spoken


def _territories_of(ids: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    members = TerritoryMember.objects.filter(user__in=ids, territory__retired_at=None)
    for user, territory in members.values_list("user", "territory"):
        found[user].add(territory)
    return found


def _absences(ids: list[int], begins: datetime, ends: datetime) -> dict[int, list[tuple[Any, Any]]]:
    """Days in anybody's zone may be a day off from ours, and a shift begins on the day before."""
    found: dict[int, list[tuple[Any, Any]]] = defaultdict(list)
    near = Absence.objects.touching(begins.date() - timedelta(days=2), ends.date() + timedelta(days=1))
    for user, first, last in near.filter(user__in=ids).values_list("user", "begins_on", "ends_on"):
        found[user].append((first, last))
    return found
