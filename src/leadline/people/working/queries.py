"""Questions that assignment asks: who is at work, who is away, how much everybody carries (PPL-1).

Each takes a set of users and is one query, whatever the number of people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import FilteredRelation, Q, QuerySet

from leadline.core.clock import today, zone_of
from leadline.core.normalise.folding import folded
from leadline.core.organisation import organisation
from leadline.people.models import User
from leadline.people.working.hours import shift_at
from leadline.people.working.loads import count_of
from leadline.people.working.models import Absence, HeldSkill


@dataclass(frozen=True)
class Load:
    """How many customers somebody has, and how many the person can carry (None: nobody said)."""

    has: int
    capacity: int | None

    @property
    def room(self) -> int | None:
        """How many more fit; None where nobody said how many."""
        return None if self.capacity is None else max(self.capacity - self.has, 0)

    @property
    def is_over(self) -> bool:
        """Whether it is more than the person can carry."""
        return self.capacity is not None and self.has > self.capacity


def at_work(users: QuerySet[User], moment: datetime) -> set[int]:
    """The ids of those who are within their working hours at a moment, and not away.

    Hours are wall-clock time in each one's zone; who told none works Monday to Friday, 9 to 17. A shift over
    midnight belongs to the day on which it began: who is away from the next day on still ends it.
    """
    day = moment.astimezone(UTC).date()
    # Anywhere on earth the local day, and the one before, lie within these.
    near = Q(absences__begins_on__lte=day + timedelta(days=1), absences__ends_on__gte=day - timedelta(days=2))
    rows = (
        users.filter(is_active=True)
        .annotate(near=FilteredRelation("absences", condition=near))
        .values_list("pk", "time_zone", "hours", "near__begins_on", "near__ends_on")
    )
    working, away = set(), set()
    for pk, zone, hours, begins_on, ends_on in rows:
        shift = shift_at(hours, moment.astimezone(zone_of(zone or organisation().time_zone)))
        if shift is None:
            continue
        working.add(pk)
        if begins_on is not None and begins_on <= shift <= ends_on:
            away.add(pk)
    return working - away


def absent_on(users: QuerySet[User], day: date) -> dict[int, Absence]:
    """For each of those who are away on a day (in their own zone): the absence, with its deputy at hand."""
    found = Absence.objects.on(day).filter(user__in=users).select_related("deputy")
    return {absence.user_id: absence for absence in found}


def away_now(users: QuerySet[User]) -> dict[int, Absence]:
    """For each of those who are away today: the absence. Today is the day where the person is."""
    here = today(organisation().time_zone)
    near = Absence.objects.touching(here - timedelta(days=1), here + timedelta(days=1))
    found = near.filter(user__in=users).select_related("user", "deputy").order_by("-begins_on")
    return {
        absence.user_id: absence
        for absence in found
        if absence.begins_on <= day_of(absence.user) <= absence.ends_on
    }


def absences_of(user: User) -> QuerySet[Absence]:
    """The absences of somebody that are not over, the next first."""
    return (
        Absence.objects.filter(user=user, ends_on__gte=day_of(user))
        .select_related("deputy")
        .order_by("begins_on")
    )


def loads_of(users: QuerySet[User]) -> dict[int, Load]:
    """For each user how many customers the person has now, of how many (PPL-1)."""
    rows = users.annotate(carried=count_of("customer")).values_list("pk", "carried", "capacity")
    return {pk: Load(has, capacity) for pk, has, capacity in rows}


def manager_of(user: User) -> User | None:
    """Whom somebody reports to: the manager given, else that of the nearest team that somebody else leads."""
    if user.manager is not None:
        return user.manager
    team = user.team
    while team is not None:
        if team.manager is not None and team.manager != user:
            return team.manager
        team = team.parent
    return None


def day_of(user: User) -> date:
    """The day it is where somebody works."""
    return today(user.time_zone or organisation().time_zone)


def skill_names_of(people: Iterable[User]) -> dict[int, frozenset[str]]:
    """Person → the folded names of the skills they have, languages among them; one query."""
    found: dict[int, set[str]] = {}
    held = HeldSkill.objects.filter(user__in=list(people), skill__retired_at=None)
    for user_id, name in held.values_list("user", "skill__name"):
        found.setdefault(user_id, set()).add(folded(name))
    return {user_id: frozenset(names) for user_id, names in found.items()}
