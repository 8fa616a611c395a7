"""Erasing a person from tasks: those about the person are emptied, others lose the name (PPL-8)."""

from collections.abc import Iterable

from django.db.models import F, Q
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.privacy import Erased, Person, without_words
from leadline.tasks.models import Task, TaskQuerySet

TEXTS = ("title", "description", "outcome")


@action
def erase_from_tasks(person: Person, *, by: Actor) -> Erased:
    """Empty the tasks about the person; all others that name the person lose the name.

    Tasks are looked through as a whole: anybody may be named in one about another record, or about none, and
    what is taken out must be known by its key, so that the history of it follows.
    """
    own = list(about_person(person).values_list("pk", flat=True))
    touched = {"version": F("version") + 1, "updated_at": now()}
    Task.objects.filter(pk__in=own).update(title=_("Erased"), description="", outcome="", **touched)
    naming = list(naming_person(person).exclude(pk__in=own))
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


def naming_person(person: Person) -> TaskQuerySet:
    """Tasks that name the person: about customers where the person is by any word, others by sure ones."""
    there = Q(about_kind="customer", about_id__in=person.within) & _holding(person.words)
    return Task.objects.filter(there | _holding(person.certain_words))


def _holding(words: Iterable[str]) -> Q:
    found = Q(pk=None)
    for word in words:
        for column in TEXTS:
            found |= Q(**{f"{column}__icontains": word})
    return found
