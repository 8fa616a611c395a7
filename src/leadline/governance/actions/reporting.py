"""Asking for a report of what is held about a person, and filing it (PPL-8)."""

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.events import Subject, publish
from leadline.core.jobs import Job, start_job
from leadline.core.privacy import Person, kinds_of_persons
from leadline.governance.events import PersonReported
from leadline.governance.policies import WHO_CAN_HELP, may_report


@action
def start_report(person: Person, *, by: Actor) -> Job:
    """Gather all that is held about a person, as a job; its title names nobody."""
    require(may_report(by.user, person), who_can_help=WHO_CAN_HELP)
    about = {"kind": kinds_of_persons()[person.kind], "id": person.id}
    job = start_job(
        "governance.report",
        title=_("What is held about %(kind)s %(id)s") % about,
        params={"kind": person.kind, "id": person.id},
        by=by,
    )
    publish(PersonReported(job_id=job.pk), by=by, about=[Subject(person.kind, person.id)])
    return job
