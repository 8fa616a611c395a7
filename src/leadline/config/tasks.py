"""Background work that only the roof can put together."""

from dataclasses import asdict, is_dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from leadline.config import demo
from leadline.config.backups import schedule, shelf
from leadline.config.backups.making import make_backup
from leadline.core.actions import Actor
from leadline.core.jobs import Job, Running, after_job, job
from leadline.core.jobs.backups import BACKUP, ask_for_backup
from leadline.core.organisation import organisation
from leadline.people.models import User
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification

MEGABYTE = 1024 * 1024
PORTION = 64 * MEGABYTE


@after_job
def tell_who_asked(ended: Job) -> None:
    """Tell the person who started a job that it has ended, done or failed (TIM-11)."""
    asker = ended.created_by
    if asker.is_system or ended.state == Job.State.CANCELLED:
        return
    with translation.override(asker.language or organisation().language):
        words = _("Done: %(job)s") if ended.state == Job.State.DONE else _("Failed: %(job)s")
        notify(
            [asker.pk],
            kind=Notification.Kind.JOB,
            text=words % {"job": ended.title},
            address=reverse("work:job", args=[ended.pk]),
            cause=f"job:{ended.pk}:{ended.ended_at:%Y%m%d%H%M%S}",
            by=Actor(User.objects.house(), via="job", trace=f"job:{ended.pk}"),
        )


@job("config.demo")
def make_demo_data(running: Running) -> None:
    """A company to try things on, whole or not at all."""
    with running.portion() as portion:
        made = demo.make(
            running.params.get("size", "small"), seed=running.params.get("seed", 1), by=running.by
        )
        portion.count(**{name: count for name, count in counts_of(made).items() if isinstance(count, int)})


@job(BACKUP)
def back_up(running: Running) -> None:
    """One backup in the usual folder; what a killed worker began leaves nothing, and is begun anew."""
    told = 0

    def tell(written: int) -> None:
        nonlocal told
        if written - told >= PORTION:
            with running.portion(done=(written - told) // MEGABYTE):
                told = written

    made = make_backup(told=tell)
    removed = shelf.forget_old(made.path.parent, schedule.kept()) if running.params.get("tidy") else []
    with running.portion() as portion:
        portion.count(megabytes=made.size // MEGABYTE, files=made.files, removed=len(removed))


@app.periodic(cron="*/5 * * * *")
@app.task(name="config.back_up_if_due", queueing_lock="config.back_up_if_due")
def back_up_if_due(timestamp: int) -> None:
    """Every five minutes: today's backup, once its time has come (LEADLINE_BACKUP_AT)."""
    if schedule.is_due():
        ask_for_backup(tidy=True, by=Actor(User.objects.house(), via="job", trace="config.back_up_if_due"))


def counts_of(made: Any) -> dict[str, Any]:
    """What was made, by the names of things."""
    return asdict(made) if is_dataclass(made) and not isinstance(made, type) else dict(made or {})
