"""Erasing a person from tasks: those about the person are emptied, others lose the name (PPL-8)."""

from django.db.models import F, Q
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.privacy import Erased, Person, without_words
from leadline.tasks.models import Task, TaskQuerySet

TEXTS = ("title", "description", "outcome")


@action
def erase_from_tasks(person: Person, *, by: Actor) -> Erased:
    """Empty the tasks about the person; those about a company where the person was lose the name."""
    own = list(about_person(person).values_list("pk", flat=True))
    touched = {"version": F("version") + 1, "updated_at": now()}
    Task.objects.filter(pk__in=own).update(title=_("Erased"), description="", outcome="", **touched)
    named = Q()
    for column in TEXTS:
        for word in person.words:
            named |= Q(**{f"{column}__icontains": word})
    rows = Task.objects.filter(about_kind="customer", about_id__in=person.within).exclude(pk__in=own)
    naming = list(rows.filter(named)) if named else []
    for task in naming:
        words = {name: without_words(getattr(task, name), person.words) for name in TEXTS}
        words["title"], words["outcome"] = words["title"][:200], words["outcome"][:500]
        Task.objects.filter(pk=task.pk).update(**words, **touched)
    ids = [*own, *(task.pk for task in naming)]
    return Erased({"tasks": len(ids)}, {"task": ids})


def about_person(person: Person) -> TaskQuerySet:
    """The tasks about records that are the person alone."""
    found = Q(pk=None)
    for kind, ids in person.records.items():
        found |= Q(about_kind=kind, about_id__in=ids)
    return Task.objects.filter(found)
