"""How far a job is, for pages, the API and the command line."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from leadline.core.jobs.files import path_of
from leadline.core.jobs.models import Job


@dataclass(frozen=True)
class JobState:
    """A job as it is shown; `percent` is none while nobody knows how much there is to do."""

    id: int
    kind: str
    title: str
    state: str
    state_in_words: str
    done: int
    total: int | None
    percent: int | None
    counts: dict[str, int]
    message: str
    result_file: str
    change_set_id: int | None
    is_over: bool
    may_be_cancelled: bool
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    fingerprint: str


def job_state(job: Job) -> JobState:
    """The state of one job; a screen asks again with the fingerprint and gets 204 while it is the same."""
    percent = min(100, job.done * 100 // job.total) if job.total else None
    seen = f"{job.pk} {job.state} {job.done} {job.total} {sorted(job.counts.items())} {job.cancel_requested}"
    return JobState(
        id=job.pk,
        kind=job.kind,
        title=job.title,
        state=job.state,
        state_in_words=str(Job.State(job.state).label),
        done=job.done,
        total=job.total,
        percent=100 if job.state == Job.State.DONE else percent,
        counts=job.counts,
        message=job.message,
        result_file=job.result_file,
        change_set_id=job.change_set_id,
        is_over=job.is_over,
        may_be_cancelled=not job.is_over and not job.cancel_requested,
        created_at=job.created_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        fingerprint=hashlib.sha256(seen.encode()).hexdigest()[:16],
    )


def jobs_of(user: Any) -> QuerySet[Job]:
    """The jobs a person started, newest first."""
    return Job.objects.filter(created_by=user).order_by("-id")


def result_path(job: Job) -> Path | None:
    """Where the result file is; none before there is one."""
    path = path_of(job, job.result_file) if job.result_file else None
    return path if path and path.exists() else None
