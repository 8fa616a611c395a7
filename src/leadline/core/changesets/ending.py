"""A change set that was made by a job ends with it."""

from leadline.core.changesets.models import ChangeSet
from leadline.core.jobs import Job, after_job


@after_job
def end_change_set(job: Job) -> None:
    """Take over how the job ended and what it counted."""
    if job.change_set_id is not None:
        state = ChangeSet.State.DONE if job.state == Job.State.DONE else ChangeSet.State.STOPPED
        ChangeSet.objects.filter(pk=job.change_set_id).update(state=state, counts=job.counts)
