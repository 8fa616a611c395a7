"""What is told of somebody's hours, absences and skills, and what is done with the catalogue of skills."""

from leadline.people.working.actions.absences import change_absence, enter_absence, remove_absence
from leadline.people.working.actions.hours import tell_hours
from leadline.people.working.actions.skills import (
    add_skill,
    bring_back_skill,
    change_skill,
    give_skills,
    merge_skill,
    retire_skill,
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
    "tell_hours",
]
