"""Jobs that a command starts and waits for."""

import time

from leadline.core.jobs import Job
from leadline.core.jobs.execution import execute

PAUSE = 0.5  # seconds between looks at a job that a worker has taken


def run_here(job: Job) -> Job:
    """Run a job in this process, or wait for the worker that took it first; returns it when it has ended."""
    while True:
        execute(job.pk)
        job.refresh_from_db()
        if job.is_over:
            return job
        time.sleep(PAUSE)
