"""What the pages show of somebody's work: hours, absences, skills, load; forms where one may tell."""

from typing import Any

from leadline.core.clock import now, zone_of
from leadline.core.organisation import organisation
from leadline.people.models import User
from leadline.people.working import policies
from leadline.people.working.forms import AbsenceForm, HoursForm, SkillsForm
from leadline.people.working.hours import WEEKDAY_NAMES, written_hours
from leadline.people.working.models import HeldSkill, Skill
from leadline.people.working.queries import absences_of, at_work, away_now, loads_of, manager_of


def work_of(viewer: User, person: User, **replaced: Any) -> dict[str, Any]:
    """All of it, as one context; `replaced` brings the form that was refused."""
    may_tell = policies.may_tell_hours(viewer, person)
    may_give = policies.may_give_skills(viewer, person)
    own = User.objects.filter(pk=person.pk)
    return {
        "person": person,
        "reports_to": manager_of(person),
        "zone": person.time_zone or organisation().time_zone or "UTC",
        "local": now().astimezone(zone_of(person.time_zone or organisation().time_zone)),
        "is_at_work": person.pk in at_work(own, now()),
        "away": away_now(own).get(person.pk),
        "load": loads_of(own.filter(policies.load_visible_to(viewer))).get(person.pk),
        "hours": HoursForm.of(person) if may_tell else None,
        "week": [(WEEKDAY_NAMES[day], text) for day, text in written_hours(person.hours).items() if text],
        "absences": absences_of(person),
        "absence": AbsenceForm(person=person) if may_tell else None,
        "sees_why": policies.may_see_why_away(viewer, person),
        "skills": SkillsForm(person=person)
        if may_give and Skill.objects.filter(retired_at=None).exists()
        else None,
        "held": HeldSkill.objects.filter(user=person, skill__retired_at=None)
        .select_related("skill")
        .order_by("skill__kind", "-level", "skill__name"),
        **replaced,
    }
