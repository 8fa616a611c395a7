"""The pages of jobs and change sets."""

from leadline.config.work.views.changes import change, changes, foreseen, undo_change
from leadline.config.work.views.jobs import cancel_job, job, job_progress, job_result, jobs, resume_job

__all__ = [
    "cancel_job",
    "change",
    "changes",
    "foreseen",
    "job",
    "job_progress",
    "job_result",
    "jobs",
    "resume_job",
    "undo_change",
]
