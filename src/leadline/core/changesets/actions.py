"""Opening, ending and undoing change sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from leadline.core import clock
from leadline.core.actions import Actor, action, lock, require
from leadline.core.changesets.events import ChangeSetOpened
from leadline.core.changesets.hooks import require_undoable
from leadline.core.changesets.models import ChangeSet
from leadline.core.changesets.policies import may_undo_change_set
from leadline.core.events import publish
from leadline.core.jobs import Job, resume_job, start_job
from leadline.core.refusals import RuleBroken

UNDO_WITHIN = timedelta(days=30)


@contextmanager
def change_set(kind: str, title: str, by: Actor) -> Iterator[Actor]:
    """Tie what is done inside to a new change set: `with change_set(…, by=by) as by:`.

    For what is done at once; `start_change` is for long work. After an error, what was already committed
    can still be undone.
    """
    opened = open_change_set(kind, title=title, by=by)
    try:
        yield by.within(opened.pk)
    except BaseException:
        _end(opened.pk, ChangeSet.State.STOPPED)
        raise
    _end(opened.pk, ChangeSet.State.DONE)


@action
def open_change_set(kind: str, *, title: str, undoes: ChangeSet | None = None, by: Actor) -> ChangeSet:
    """A new change set, that can be undone for 30 days."""
    moment = clock.now()
    opened = ChangeSet.objects.create(
        kind=kind,
        title=title[:300],
        created_by=by.user,
        created_at=moment,
        undo_until=moment + UNDO_WITHIN,
        undoes=undoes,
    )
    publish(ChangeSetOpened(change_set_id=opened.pk, kind=kind), by=by, about=[])
    return opened


@action
def start_change(
    kind: str, *, title: str, params: dict[str, Any] | None = None, total: int | None = None, by: Actor
) -> Job:
    """Start a job whose changes are one change set; it ends as the job ends, with the job's counts."""
    opened = open_change_set(kind, title=title, by=by)
    return start_job(kind, title=title, params=params, total=total, change_set=opened.pk, by=by)


@action
def undo_change_set(changes: ChangeSet, *, by: Actor) -> Job:
    """Change everything back that nobody edited since; the undoing is a change set itself (SIG-3)."""
    changes = lock(changes)
    require(may_undo_change_set(by.user, changes), _("Only who did this can undo it, or an administrator."))
    if changes.state == ChangeSet.State.UNDOING:
        return _go_on(changes, by)
    if changes.state == ChangeSet.State.UNDONE:
        raise RuleBroken(_("This has already been undone."))
    if changes.state == ChangeSet.State.RUNNING or changes.jobs.unfinished().exists():
        raise RuleBroken(_("This is still running; cancel it first."))
    if clock.now() > changes.undo_until:
        raise RuleBroken(_("This can't be undone any more: 30 days have passed."))
    require_undoable(changes)

    changes.state = ChangeSet.State.UNDOING
    changes.save(update_fields=["state"])
    title = _("Undo: %(title)s") % {"title": changes.title}
    undoing = open_change_set("changesets.undo", title=title, undoes=changes, by=by)
    params = {"change_set": changes.pk}
    return start_job("changesets.undo", title=undoing.title, params=params, change_set=undoing.pk, by=by)


def _go_on(changes: ChangeSet, by: Actor) -> Job:
    """An undoing that failed or was cancelled goes on where it was."""
    job = Job.objects.filter(change_set__undoes=changes).latest("pk")
    if not job.is_over:
        raise RuleBroken(_("This is being undone already."))
    return resume_job(job, by=by)


def _end(key: int, state: ChangeSet.State) -> None:
    ChangeSet.objects.filter(pk=key, state=ChangeSet.State.RUNNING).update(state=state)
