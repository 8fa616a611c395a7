"""How the queue stands: what waits and for how long, and whether a worker lives."""

from dataclasses import dataclass

from django.db import connection

# A job that has waited longer than this finds no worker.
LONGEST_WAIT = 600
# A worker tells every 10 seconds that it lives.
SILENT = 45


@dataclass(frozen=True)
class QueueState:
    """Counts of tasks; `oldest` and `heartbeat` in seconds, the latter None where no worker ever told."""

    waiting: int
    running: int
    failed: int
    oldest: float
    workers: int
    heartbeat: float | None

    @property
    def is_stuck(self) -> bool:
        """Whether something waits that a worker would long have taken up."""
        return self.oldest > LONGEST_WAIT

    @property
    def has_worker(self) -> bool:
        """Whether somebody works it off."""
        return self.workers > 0


def queue_state() -> QueueState:
    """The state of the queue now, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, {"silent": SILENT})
        waiting, running, failed, oldest, workers, heartbeat = cursor.fetchone()
    return QueueState(
        waiting,
        running,
        failed,
        float(oldest or 0),
        workers,
        None if heartbeat is None else float(heartbeat),
    )


# A task without a time was put in the queue at its first event.
_ASKED = """
SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'),
       count(*) FILTER (WHERE status = 'failed'),
       greatest(0, extract(epoch FROM now() - min(coalesce(scheduled_at, (
           SELECT min(at) FROM procrastinate_events e WHERE e.job_id = j.id
       ))) FILTER (WHERE status = 'todo'))),
       (SELECT count(*) FROM procrastinate_workers
         WHERE last_heartbeat > now() - make_interval(secs => %(silent)s)),
       (SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers)
  FROM procrastinate_jobs j
"""
