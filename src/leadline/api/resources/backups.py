"""/backups: asking for one (INT-7)."""

from django.http import HttpResponse
from ninja import Router

from leadline.api.bodies import object_of, only
from leadline.api.describing.operations import fields, ref, says
from leadline.api.resources.jobs import job_started
from leadline.core.jobs.backups import ask_for_backup
from leadline.core.requests import Request

router = Router(tags=["backups"])


@router.post(
    "",
    summary="Make a backup",
    **says(gives=ref("Job"), status=202, takes=fields({}), example={}, optional=True),
)
def make_backup(request: Request) -> HttpResponse:
    """As a job; while one is made, that one. For administrators."""
    only(object_of(request, optional=True), ())
    return job_started(ask_for_backup(by=request.actor))
