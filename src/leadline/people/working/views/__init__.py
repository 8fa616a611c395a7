"""The pages of hours, absences and skills."""

from leadline.people.working.views.skills import (
    add_skill,
    bring_back_skill,
    change_skill,
    merge_skill,
    retire_skill,
    skills,
)
from leadline.people.working.views.work import (
    change_absence,
    enter_absence,
    give_skills,
    remove_absence,
    tell_hours,
    work,
)

__all__ = [
    "add_skill",
    "bring_back_skill",
    "change_absence",
    "change_skill",
    "enter_absence",
    "give_skills",
    "merge_skill",
    "remove_absence",
    "retire_skill",
    "skills",
    "tell_hours",
    "work",
]
