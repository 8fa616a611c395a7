"""Background work that only the roof can put together."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.jobs import Job, after_job
from leadline.core.organisation import organisation
from leadline.people.models import User
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification


@after_job
def tell_who_asked(job: Job) -> None:
    """Tell the person who started a job that it has ended, done or failed (TIM-11)."""
    asker = job.created_by
    if asker.is_system or job.state == Job.State.CANCELLED:
        return
    with translation.override(asker.language or organisation().language):
        words = _("Done: %(job)s") if job.state == Job.State.DONE else _("Failed: %(job)s")
        notify(
            [asker.pk],
            kind=Notification.Kind.JOB,
            text=words % {"job": job.title},
            address=reverse("work:job", args=[job.pk]),
            cause=f"job:{job.pk}:{job.ended_at:%Y%m%d%H%M%S}",
            by=Actor(User.objects.house(), via="job", trace=f"job:{job.pk}"),
        )
