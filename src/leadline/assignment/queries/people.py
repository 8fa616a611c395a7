"""Everybody who may own a kind of record, with what they bring (LEA-7)."""

from dataclasses import dataclass

from leadline.assignment import policies
from leadline.assignment.deciding import AWAY, Person
from leadline.assignment.registry import assignable
from leadline.assignment.roster import roster_of
from leadline.core.clock import now
from leadline.people.models import Territory, User
from leadline.people.working.models import Skill
from leadline.people.working.queries import away_now


@dataclass(frozen=True)
class Line:
    """One person: load and share now, skills and territories by name, whether at work or away until when."""

    user: User
    person: Person
    skills: str
    territories: str
    at_work: bool
    away_until: object


def people_of(kind: str, viewer: User) -> list[Line]:
    """Those of whom the viewer may know the load, by name."""
    roster = roster_of(kind, assignable(kind).owns, begins=now())
    people = roster.at(None)
    shown = User.objects.filter(policies.colleagues_shown(viewer, kind), pk__in=list(people))
    skills = dict(Skill.objects.values_list("pk", "name"))
    territories = dict(Territory.objects.values_list("pk", "name"))
    away = away_now(shown)
    return [
        Line(
            user,
            people[user.pk],
            ", ".join(sorted(skills[key] for key in people[user.pk].skills)),
            ", ".join(sorted(territories[key] for key in people[user.pk].territories)),
            not people[user.pk].state,
            away[user.pk].ends_on if people[user.pk].state == AWAY and user.pk in away else None,
        )
        for user in shown.select_related("team").order_by("name")
    ]
