"""How long files of jobs are kept, and which go next."""

from dataclasses import dataclass
from datetime import datetime

from leadline.core.jobs import Job
from leadline.core.jobs.upkeep import KEPT


@dataclass(frozen=True)
class KeptFiles:
    """Days that the files of a job stay after its end, how many jobs have some, and when the oldest go."""

    days: int
    jobs: int
    next_at: datetime | None


def kept_files() -> KeptFiles:
    """Exports, rejected rows and reports; imported files go as many days after they were last touched."""
    jobs = Job.objects.exclude(state__in=Job.UNFINISHED).exclude(files={})
    oldest = jobs.order_by("ended_at").values_list("ended_at", flat=True).first()
    return KeptFiles(KEPT.days, jobs.count(), oldest + KEPT if oldest else None)
