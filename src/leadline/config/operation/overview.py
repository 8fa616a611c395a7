"""What the page of operation shows."""

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from leadline import __version__
from leadline.config.backups import schedule, shelf
from leadline.config.backups.shelf import Kept
from leadline.config.watching import readiness
from leadline.config.watching.queue import QueueState, queue_state
from leadline.core.formats import ago
from leadline.core.jobs import Job, JobState, job_state
from leadline.core.jobs.backups import BACKUP
from leadline.core.postgres import is_embedded, wal

SHOWN = 10


@dataclass(frozen=True)
class Light:
    """One line: what it is about, whether it is well, and how it stands."""

    label: str
    ok: bool
    words: str


@dataclass(frozen=True)
class Overview:
    """Everything at one look; sizes in bytes."""

    version: str
    database: str
    database_size: int
    queue: QueueState
    lights: list[Light]
    backups: list[Kept]
    planned: str
    log_is_kept: bool
    at_work: JobState | None


def overview() -> Overview:
    """Asked anew each time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
        version, size = cursor.fetchone()
    queue = queue_state()
    backups = shelf.kept_in(shelf.usual_folder()) if shelf.usual_folder().is_dir() else []
    planned = schedule.time_of_day()
    at_work = Job.objects.unfinished().filter(kind=BACKUP).first()
    return Overview(
        __version__,
        _("PostgreSQL %(version)s, embedded") % {"version": version}
        if is_embedded()
        else f"PostgreSQL {version}",
        size,
        queue,
        _lights(queue, backups),
        backups[:SHOWN],
        f"{planned:%H:%M}" if planned else "",
        wal.is_kept(),
        job_state(at_work) if at_work else None,
    )


def _lights(queue: QueueState, backups: list[Kept]) -> list[Light]:
    migrated, _words = readiness.migrations()
    roomy, free = readiness.disk()
    gigabytes = free.removesuffix(" free")
    return [
        Light(_("Migrations"), migrated, _("Up to date") if migrated else _("To run: leadline migrate")),
        Light(
            _("Worker"), queue.has_worker, _("At work") if queue.has_worker else _("None: leadline worker")
        ),
        Light(
            _("Queue"),
            not queue.is_stuck and not queue.failed,
            _("%(waiting)s waiting, %(running)s running, %(failed)s failed")
            % {"waiting": queue.waiting, "running": queue.running, "failed": queue.failed},
        ),
        Light(_("Disk"), roomy, _("%(size)s free") % {"size": gigabytes}),
        Light(
            _("Backup"),
            bool(backups) and not schedule.is_late(backups[0]),
            ago(backups[0].made_at) if backups else _("None yet"),
        ),
    ]
