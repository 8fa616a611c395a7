"""Erasing a person from the timeline: the own entries are emptied, others lose the name (PPL-8)."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.privacy import Erased, Person, without_words
from leadline.timeline.files import folder
from leadline.timeline.models import Activity, Attachment, Note, Promise

ERASED_NAME = "-"


@action
def erase_from_activities(person: Person, *, by: Actor) -> Erased:
    """Empty the activities with the person; kind, outcome, duration and moment stay for the sums."""
    own = list(_own_activities(person).values_list("pk", flat=True))
    if own:
        Activity.objects.filter(_at(person), pk__in=own).update(
            title=_("Erased"), description="", **_touched()
        )
    naming = _naming(Activity.objects.filter(_at(person)).exclude(pk__in=own), person, "title", "description")
    for activity in naming:
        Activity.objects.filter(_at(person), pk=activity.pk).update(
            title=without_words(activity.title, person.words)[:200],
            description=without_words(activity.description, person.words),
            **_touched(),
        )
    ids = [*own, *(activity.pk for activity in naming)]
    return Erased({"activities": len(ids)}, {"activity": ids})


@action
def erase_from_notes(person: Person, *, by: Actor) -> Erased:
    """Empty the notes on an individual customer, with their files; those of a company lose the name."""
    own = list(Note.objects.filter(customer_id__in=person.ids("customer")).values_list("pk", flat=True))
    Note.objects.filter(pk__in=own).update(body=_("Erased"), pinned_at=None, **_touched())
    files = list(Attachment.objects.filter(note__in=own))
    _remove(files)
    naming = _naming(Note.objects.filter(customer_id__in=person.within).exclude(pk__in=own), person, "body")
    for note in naming:
        Note.objects.filter(pk=note.pk).update(body=without_words(note.body, person.words), **_touched())
    notes = [*own, *(note.pk for note in naming)]
    renamed = _rename_files(person)
    return Erased(
        {"notes": len(notes), "files": len(files)},
        {"note": notes, "attachment": [*(file.pk for file in files), *renamed]},
    )


@action
def erase_file(file_id: int, *, by: Actor) -> None:
    """Remove one attached file for good; that there was one stays."""
    _remove([Attachment.objects.get(pk=file_id)])


@action
def erase_from_promises(person: Person, *, by: Actor) -> Erased:
    """Empty what was promised to an individual customer; what was promised to a company loses the name."""
    own = list(Promise.objects.filter(customer_id__in=person.ids("customer")).values_list("pk", flat=True))
    Promise.objects.filter(pk__in=own).update(text=_("Erased"), **_touched())
    rows = Promise.objects.filter(customer_id__in=person.within).exclude(pk__in=own)
    naming = _naming(rows, person, "text")
    for promise in naming:
        Promise.objects.filter(pk=promise.pk).update(
            text=without_words(promise.text, person.words), **_touched()
        )
    ids = [*own, *(promise.pk for promise in naming)]
    return Erased({"promises": len(ids)}, {"promise": ids})


def _remove(files: Sequence[Attachment]) -> None:
    """What a file was called and held goes; that there was one stays."""
    for file in files:
        transaction.on_commit(partial((folder() / file.path).unlink, missing_ok=True))
    keys = [file.pk for file in files]
    Attachment.objects.filter(pk__in=keys).update(name=ERASED_NAME, size=0, archived_at=now())


def _rename_files(person: Person) -> list[int]:
    naming = _naming(Attachment.objects.filter(note__customer_id__in=person.within), person, "name")
    for file in naming:
        Attachment.objects.filter(pk=file.pk).update(name=without_words(file.name, person.words))
    return [file.pk for file in naming]


def _own_activities(person: Person) -> QuerySet[Activity]:
    alone = Q(customer_id__in=person.ids("customer")) | Q(lead_id__in=person.ids("lead"))
    return Activity.objects.filter(_at(person)).filter(alone | Q(contact_id__in=person.ids("contact")))


def _at(person: Person) -> Q:
    """The indexes of activities begin with the customer, or with the lead."""
    return Q(customer_id__in=person.within) | Q(lead_id__in=person.ids("lead"))


def _naming(rows: QuerySet, person: Person, *columns: str) -> list:
    named = Q()
    for column in columns:
        for word in person.words:
            named |= Q(**{f"{column}__icontains": word})
    return list(rows.filter(named)) if named else []


def _touched() -> dict:
    return {"version": F("version") + 1, "updated_at": now()}
