"""What tasks hold about persons (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import Holder, Person, Section, register_holder, register_texts
from leadline.tasks.actions import erase_from_tasks
from leadline.tasks.actions.erasing import TEXTS, about_person
from leadline.tasks.models import Task


def held_tasks(person: Person) -> Section:
    """Tasks about the person; of those that a user has when, as their content is about others."""
    if person.kind == "user":
        mine = Task.objects.filter(owner_id=person.id)
        return list(mine.order_by("id").values("id", "kind", "due_at", "done_at"))
    rows = about_person(person).order_by("id")
    return list(rows.values("id", "kind", "title", "description", "due_at", "done_at", "outcome"))


register_holder(
    Holder("tasks.tasks", _("Tasks"), ("tasks.Task",), held_tasks, erase_from_tasks, {"task": TEXTS})
)
register_texts("tasks_task", *TEXTS)
