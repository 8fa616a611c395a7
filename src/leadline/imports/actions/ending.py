"""What the jobs tell back: what a look over the file found, what a dry run and the run came to."""

from typing import Any

from leadline.core.actions import Actor, action, lock
from leadline.core.clock import now
from leadline.imports.models import Import


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
