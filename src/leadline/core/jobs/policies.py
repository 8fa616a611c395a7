"""Who may do what with a job."""

from typing import Any

from leadline.core.jobs.models import Job


def may_cancel_job(user: Any, job: Job) -> bool:
    """Cancel it or let it go on: who started it, and an administrator."""
    return job.created_by_id == user.pk or user.may("settings", "manage")
