"""Asking for a job, cancelling it, letting a failed one go on."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.core import clock
from leadline.core.actions import Actor, action, lock, require
from leadline.core.jobs.models import Job
from leadline.core.jobs.policies import may_cancel_job
from leadline.core.jobs.queue import later
from leadline.core.jobs.registry import run_of, tell_after
from leadline.core.refusals import RuleBroken


@action
def start_job(
    kind: str,
    *,
    title: str,
    params: dict[str, Any] | None = None,
    total: int | None = None,
    change_set: int | None = None,
    by: Actor,
) -> Job:
    """Ask for long work; it starts after this transaction, in the worker, with the asker's rights."""
    run_of(kind)
    job = Job.objects.create(
        kind=kind,
        title=title,
        params=params or {},
        total=total,
        via=by.via,
        trace=by.trace[:200],
        created_by=by.user,
        change_set_id=change_set or by.change_set,
        created_at=clock.now(),
    )
    later("core.run_job", job_id=job.pk)
    return job


@action
def cancel_job(job: Job, *, by: Actor) -> Job:
    """Stop a job: at once when it waits, after its current portion when it runs; what was done stays."""
    job = lock(job)
    require(may_cancel_job(by.user, job), _("Only who started it can cancel it."))
    if job.is_over:
        raise RuleBroken(_("This has already ended."))
    job.cancel_requested = True
    if job.state == Job.State.WAITING:
        job.state, job.ended_at = Job.State.CANCELLED, clock.now()
    job.save(update_fields=["cancel_requested", "state", "ended_at"])
    if job.is_over:
        tell_after(job)
    return job


@action
def resume_job(job: Job, *, by: Actor) -> Job:
    """Let a failed or cancelled job go on after its last finished portion."""
    job = lock(job)
    require(may_cancel_job(by.user, job), _("Only who started it can let it go on."))
    if job.state not in (Job.State.FAILED, Job.State.CANCELLED):
        raise RuleBroken(_("Only a job that failed or was cancelled can go on."))
    job.state, job.cancel_requested, job.message, job.traceback_id = Job.State.WAITING, False, "", ""
    job.ended_at = None
    job.save(update_fields=["state", "cancel_requested", "message", "traceback_id", "ended_at"])
    later("core.run_job", job_id=job.pk)
    return job
