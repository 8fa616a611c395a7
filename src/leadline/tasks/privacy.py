"""What tasks hold about persons (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import Holder, Person, Section, register_holder
from leadline.tasks.actions import erase_from_tasks
from leadline.tasks.actions.erasing import TEXTS, about_person, naming_person
from leadline.tasks.models import Task


def held_tasks(person: Person) -> Section:
    """Tasks about the person, and those that name one; of those that a user has only when."""
    if person.kind == "user":
        mine = Task.objects.filter(owner_id=person.id)
        return list(mine.order_by("id").values("id", "kind", "due_at", "done_at"))
    rows = (about_person(person) | naming_person(person)).order_by("id")
    return list(rows.values("id", "kind", "title", "description", "due_at", "done_at", "outcome"))


register_holder(
    Holder("tasks.tasks", _("Tasks"), ("tasks.Task",), held_tasks, erase_from_tasks, {"task": TEXTS})
)
