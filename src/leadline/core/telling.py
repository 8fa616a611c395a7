"""What “Why?” tells of a record that a running mass change still has before it (PPL-5, ALL-8)."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.core import formats
from leadline.core.actions import Actor
from leadline.core.jobs import Job
from leadline.core.lists import Selection
from leadline.core.lists.bulk.choosing import next_ids
from leadline.core.lists.bulk.running import KIND
from leadline.core.refusals import Refusal
from leadline.core.verbs import Fact, tells

LOOKED_AT = 5


@tells
def in_a_mass_change(kind: str, user: Any, record: Any) -> list[Fact]:
    """Who is changing it together with others; what by, only for who sees that job."""
    running = Job.objects.unfinished().filter(kind=KIND, params__selection__kind=kind)
    jobs = running.select_related("created_by").order_by("pk")[:LOOKED_AT]
    seen = set(running.visible_to(user).values_list("pk", flat=True))
    return [("in_a_job", _words(job, seen=job.pk in seen)) for job in jobs if _has_before_it(job, record.pk)]


def _words(job: Job, *, seen: bool) -> str:
    who = {"who": job.created_by}
    if not seen:
        return (
            _("%(who)s is changing many records at once, this one among them. Save when that is through.")
            % who
        )
    part = formats.percent(job.done / job.total) if job.total else formats.percent(0)
    told = _("%(who)s is changing many records at once, this one among them: %(title)s (%(part)s done).")
    return told % {**who, "title": job.title, "part": part}


def _has_before_it(job: Job, key: int) -> bool:
    """Whether the record is still to come: asked as the job itself asks."""
    if (job.cursor or 0) >= key:
        return False
    try:
        selection = Selection.from_params(job.params["selection"])
        return next_ids(selection, key - 1, 1, Actor(job.created_by)) == [key]
    except Refusal:
        return False  # what it was to find is gone from the catalogue: the job will end with that refusal
