"""Background work that only the roof can put together."""

from dataclasses import asdict, is_dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.config import demo
from leadline.core.actions import Actor
from leadline.core.jobs import Job, Running, after_job, job
from leadline.core.organisation import organisation
from leadline.people.models import User
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification


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


def counts_of(made: Any) -> dict[str, Any]:
    """What was made, by the names of things."""
    return asdict(made) if is_dataclass(made) and not isinstance(made, type) else dict(made or {})
