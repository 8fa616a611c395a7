"""Long work as a job: progress, counts, cancelling, going on after a crash, a file as its result (ALL-8).

`@job("customers.import")` in `<app>/tasks.py` says how; `start_job(…)` asks for it in the caller's
transaction; inside, each `with job.portion() as portion:` is one transaction that happens exactly once.
"""

from leadline.core.jobs.actions import cancel_job, resume_job, start_job
from leadline.core.jobs.models import Job
from leadline.core.jobs.queries import JobState, job_state, jobs_of, result_path
from leadline.core.jobs.queue import later
from leadline.core.jobs.registry import after_job, job
from leadline.core.jobs.running import Portion, Running
from leadline.core.jobs.waiting import run_waiting_jobs

__all__ = [
    "Job",
    "JobState",
    "Portion",
    "Running",
    "after_job",
    "cancel_job",
    "job",
    "job_state",
    "jobs_of",
    "later",
    "result_path",
    "resume_job",
    "run_waiting_jobs",
    "start_job",
]
