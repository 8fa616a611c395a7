"""What keeps the queue whole: work of dead workers is taken up, old jobs are removed."""

from datetime import timedelta

from django.db import connection, transaction

from leadline.core import clock
from leadline.core.jobs.execution import LOCKS
from leadline.core.jobs.files import remove_files
from leadline.core.jobs.models import Job
from leadline.core.jobs.queue import later

KEPT = timedelta(days=30)
SILENT = timedelta(seconds=30)  # a worker tells every 10 seconds that it lives


_ABANDONED = """
WITH left_over AS (
    SELECT task.id, task.queueing_lock IS NOT NULL AND (
               row_number() OVER (PARTITION BY task.queueing_lock ORDER BY task.id) > 1
               OR EXISTS (SELECT FROM procrastinate_jobs known
                           WHERE known.queueing_lock = task.queueing_lock AND known.status = 'todo')
           ) AS is_double
      FROM procrastinate_jobs task LEFT JOIN procrastinate_workers worker ON worker.id = task.worker_id
     WHERE task.status = 'doing'
       AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s)))
SELECT CASE WHEN is_double THEN procrastinate_finish_job_v1(id, 'aborted', true)
            ELSE procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) END
  FROM left_over
"""


def take_up_abandoned() -> int:
    """Queue again what dead workers had in hand; returns how many pieces of work that were."""
    return _take_up_jobs() + _take_up_tasks()


def _take_up_jobs() -> int:
    """Jobs that run without a lock belong to a worker that died; others wait but are in no queue."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM (SELECT id FROM core_job j WHERE state = 'running' OR state = 'waiting'"
            " AND NOT EXISTS (SELECT FROM procrastinate_jobs q WHERE q.task_name = 'core.run_job'"
            " AND q.status IN ('todo', 'doing') AND (q.args ->> 'job_id')::bigint = j.id)"
            " FOR UPDATE SKIP LOCKED) unfinished WHERE pg_try_advisory_xact_lock(%s, id::integer)",
            [LOCKS],
        )
        abandoned = [key for (key,) in cursor.fetchall()]
        Job.objects.filter(pk__in=abandoned).update(state=Job.State.WAITING)
        for key in abandoned:
            later("core.run_job", job_id=key)
        return len(abandoned)


def _take_up_tasks() -> int:
    """Tasks of the queue whose worker no longer tells that it lives.

    Of those that never wait twice (one each minute, say) one waits again: a second would be refused, and the
    worker could not start.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ABANDONED, [SILENT.total_seconds()])
        return cursor.rowcount


def remove_old_jobs() -> int:
    """Remove jobs that ended 30 days ago, with their files, and the queue's own leavings."""
    old = Job.objects.exclude(state__in=Job.UNFINISHED).filter(ended_at__lt=clock.now() - KEPT)
    jobs = list(old.only("pk"))
    for job in jobs:
        remove_files(job)
    Job.objects.filter(pk__in=[job.pk for job in jobs]).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs j"
            " WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted') AND NOT EXISTS"
            " (SELECT FROM procrastinate_events e"
            " WHERE e.job_id = j.id AND e.at > now() - make_interval(secs => %s))",
            [KEPT.total_seconds()],
        )
    return len(jobs)
