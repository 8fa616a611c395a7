"""Starting the dry run and the run; cancelling and undoing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.changesets import start_change, undo_change_set
from leadline.core.clock import now
from leadline.core.jobs import Job, cancel_job, start_job
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.imports import policies
from leadline.imports.actions.deciding import changeable, forget_check
from leadline.imports.models import Import
from leadline.imports.needing import missing_columns


@action
def start_check(brought: Import, *, by: Actor) -> Job:
    """Check the whole file without writing: counts, problems, and questions about dates and numbers."""
    brought = changeable(brought, by)
    _require_columns(brought)
    if brought.check_job and not brought.check_job.is_over:
        return brought.check_job
    forget_check(brought)
    title = _("Check %(file)s") % {"file": brought.file_name}
    job = start_job("imports.check", title=title, params={"import": brought.pk}, by=replace(by, via="import"))
    brought.check_job = job
    brought.save(update_fields=["check_job", "problems", "counts", "updated_at"])
    return job


@action
def start_import(brought: Import, *, by: Actor) -> Job:
    """Write the rows, as a job that is one change set and can be undone (SIG-3)."""
    brought = changeable(brought, by)
    _require_columns(brought)
    if brought.check_job and not brought.check_job.is_over:
        with suppress(RuleBroken), transaction.atomic():  # it may end at this very moment
            cancel_job(brought.check_job, by=by)
    title = _("Import %(file)s") % {"file": brought.file_name}
    job = start_change(
        "imports.run", title=title, params={"import": brought.pk}, by=replace(by, via="import")
    )
    brought.job, brought.changes = job, job.change_set
    brought.started_at = brought.updated_at = now()
    brought.save(update_fields=["job", "changes", "started_at", "updated_at"])
    return job


@action
def cancel_import(brought: Import, *, by: Actor) -> Import:
    """Stop after the portion that is being written; what was written stays, and can be undone."""
    brought = lock(brought)
    require(policies.may_change_import(by.user, brought))
    if brought.job is None:
        raise RuleBroken(_("This import is not running."))
    cancel_job(brought.job, by=by)
    return brought


@action
def undo_import(brought: Import, *, by: Actor) -> Job:
    """Change everything back that nobody edited since; created records are archived."""
    brought = lock(brought)
    require(policies.may_change_import(by.user, brought))
    if brought.change_set is None:
        raise RuleBroken(_("This import was not started."))
    return undo_change_set(brought.change_set, by=by)


def _require_columns(brought: Import) -> None:
    """Refuse to begin where every row would be rejected, because no column holds what is needed."""
    missing = missing_columns(brought)
    if missing:
        raise RulesBroken(missing)
