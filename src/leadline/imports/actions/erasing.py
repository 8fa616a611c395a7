"""Erasing a person from imports: the files that brought the person, or name it, are removed (PPL-8)."""

from functools import partial

from django.db import transaction

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.history import HistoryEntry
from leadline.core.privacy import Erased, Person
from leadline.imports.files import remove
from leadline.imports.models import Import


@action
def erase_from_imports(person: Person, *, by: Actor) -> Erased:
    """Remove the files of the imports that wrote the person; what they did stays, and can be undone."""
    changes: set[int | None] = set()
    for kind, ids in person.records.items():
        rows = HistoryEntry.objects.filter(kind=kind, record_id__in=ids, change_set_id__isnull=False)
        changes |= set(rows.values_list("change_set_id", flat=True))
    found = Import.objects.filter(changes__in=changes, removed_at=None)
    return Erased({"import_files": forget_files([brought.pk for brought in found], by=by)})


@action
def forget_files(ids: list[int], *, by: Actor) -> int:
    """Remove the files of these imports; their counts stay. Those that still run wait for the sweep."""
    found = Import.objects.filter(pk__in=ids).select_related("job")
    done = [brought for brought in found if not brought.is_running]
    Import.objects.filter(pk__in=[brought.pk for brought in done]).update(
        removed_at=now(), problems=[], corrected=[], study={}, file_name="-"
    )
    for brought in done:
        transaction.on_commit(partial(remove, brought.path))
    return len(done)
