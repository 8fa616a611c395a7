"""Doing a job in the worker: claim it, run it, say how it ended."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.core import clock
from leadline.core.custom.joining import renew_fields
from leadline.core.jobs.models import Job
from leadline.core.jobs.queue import later
from leadline.core.jobs.registry import run_of, tell_after
from leadline.core.jobs.running import Cancelled, Interrupted, Overtaken, Running
from leadline.core.refusals import Refusal
from leadline.core.tracing import caused_by

log = logging.getLogger(__name__)
LOCKS = 0x1EAD  # the class of our advisory locks; the second number is the job


def execute(job_id: int) -> None:
    """Run a job if it waits and no other worker has it."""
    with _claimed(job_id) as job:
        if job is not None:
            language = getattr(job.created_by, "language", "") or translation.get_language() or "en"
            with translation.override(language), caused_by(f"job:{job.pk}"):
                log.info("a job begins", extra={"kind": job.kind, "asked_by": job.trace})
                _run(job)
                log.info("a job ended", extra={"kind": job.kind, "state": job.state, "done": job.done})


@contextmanager
def _claimed(job_id: int) -> Iterator[Job | None]:
    """Hold the job's lock on this connection. Whoever dies loses it, and so is known to be dead."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, job_id])
        (free,) = cursor.fetchone()
    if not free:
        _come_back(job_id)
        yield None
        return
    try:
        claimed = Job.objects.filter(pk=job_id, state__in=Job.UNFINISHED).update(
            state=Job.State.RUNNING, started_at=clock.now()
        )
        yield Job.objects.select_related("created_by").get(pk=job_id) if claimed else None
    finally:
        _give_back(job_id)


def _come_back(job_id: int) -> None:
    """Look again soon: the worker that holds the lock may just be handing the job over."""
    if Job.objects.filter(pk=job_id, state=Job.State.WAITING).exists():
        later("core.run_job", at=clock.now() + timedelta(seconds=2), job_id=job_id)


def _give_back(job_id: int) -> None:
    """Unlock; a connection that is gone has taken its locks with it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, job_id])
    except (OperationalError, InterfaceError):
        log.warning("the database went away during a job", extra={"job": job_id})


def _run(job: Job) -> None:
    held_by = connection.connection
    renew_fields()
    try:
        run_of(job.kind)(Running(job))
    except Cancelled:
        _end(job, Job.State.CANCELLED, _("Cancelled. What was done until then stays."))
    except Interrupted:
        Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING)
        later("core.run_job", job_id=job.pk)
    except Overtaken:
        log.warning("another worker went on with this job", extra={"job": job.pk})
    except (OperationalError, InterfaceError):
        if connection.connection is not held_by:
            raise  # the lock went with the connection: the job stays as it is and is taken up again
        _fail(job)
    except Refusal as refusal:
        _end(job, Job.State.FAILED, refusal.message)
    except Exception:
        _fail(job)
    else:
        _end(job, Job.State.DONE, "")


def _fail(job: Job) -> None:
    """Keep the traceback in the log under a number that the person is told."""
    traceback_id = uuid.uuid4().hex[:12]
    log.exception("a job failed", extra={"job": job.pk, "kind": job.kind, "traceback_id": traceback_id})
    message = _("An unexpected error stopped this. Tell your administrator the number %(number)s.")
    _end(job, Job.State.FAILED, message % {"number": traceback_id}, traceback_id)


def _end(job: Job, state: Job.State, message: str, traceback_id: str = "") -> None:
    with transaction.atomic():
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
            state=state, message=message, traceback_id=traceback_id, ended_at=clock.now()
        )
        job.refresh_from_db()
        tell_after(job)
