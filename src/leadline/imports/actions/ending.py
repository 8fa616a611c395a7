"""What the jobs tell back: what a look over the file found, what a dry run and the run came to."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction

from leadline.core.actions import Actor, action, lock
from leadline.core.clock import now
from leadline.imports.files import remove
from leadline.imports.models import Import

KEPT = timedelta(days=30)  # as long as an import can be undone and its rejected rows mended


@action
def keep_study(brought: Import, *, study: dict[str, Any], by: Actor) -> Import:
    """Store what a look over the whole file told."""
    brought = lock(brought)
    brought.study = study
    brought.save(update_fields=["study"])
    return brought


@action
def end_check(brought: Import, *, problems: list[list[Any]], by: Actor) -> None:
    """Store a sample of the rows that a dry run would reject."""
    Import.objects.filter(pk=brought.pk).update(problems=problems)


@action
def end_import(brought: Import, *, counts: dict[str, int], by: Actor) -> None:
    """Store what came of the run, however it ended."""
    Import.objects.filter(pk=brought.pk).update(counts=counts, updated_at=now())


@action
def remove_old_files(*, by: Actor) -> int:
    """Remove the files of imports that nobody touched for 30 days; returns how many."""
    old = Import.objects.filter(removed_at=None, updated_at__lt=now() - KEPT).select_related("job")
    done = [brought for brought in old if not brought.is_running]
    Import.objects.filter(pk__in=[brought.pk for brought in done]).update(removed_at=now(), problems=[])
    for path in [brought.path for brought in done]:
        transaction.on_commit(partial(remove, path))
    return len(done)
