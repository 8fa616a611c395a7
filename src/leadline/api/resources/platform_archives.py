"""/platform/archives: months of events in files (PLT-2)."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.bodies import object_of, only, text_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import plain_list_of
from leadline.api.problems import Problem
from leadline.api.resources.jobs import file_answer, job_started
from leadline.api.resources.seeing import seen
from leadline.core.actions import require
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform import actions
from leadline.platform.actions.archiving import month_named
from leadline.platform.models import ArchivedMonth
from leadline.platform.policies import may_manage_platform

router = Router(tags=["platform"])
MONTH = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}


@router.get(
    "", summary="List archived months", **says(gives=described_list(ref("ArchivedMonth")), query=PAGING)
)
def list_archived_months(request: Request) -> HttpResponse:
    """The months of events that stand in files; `is_away` says that they stand nowhere else."""
    _require(request)
    return plain_list_of(request, ArchivedMonth.objects.visible_to(request.user), _shown)


@router.post(
    "",
    summary="Archive a month",
    **says(
        gives=ref("Job"), status=202, takes=fields({"month": MONTH}, "month"), example={"month": "2025-03"}
    ),
)
def archive_a_month(request: Request) -> HttpResponse:
    """Write its events to a Parquet file and take them out of the database, as a job."""
    _require(request)
    given = only(object_of(request), ("month",))
    return job_started(actions.archive_month(month_named(text_in(given, "month")), by=request.actor))


@router.post(
    "/{int:archive_id}/restore",
    summary="Bring an archived month back",
    **says(gives=ref("Job"), status=202, takes=fields({}), example={}, optional=True),
)
def restore_a_month(request: Request, archive_id: int) -> HttpResponse:
    """Into the database, for thirty days, as a job; the file stays."""
    archive = seen(ArchivedMonth.objects, request, archive_id)
    only(object_of(request, optional=True), ())
    return job_started(actions.bring_month_back(archive, by=request.actor))


@router.get(
    "/{int:archive_id}/file",
    summary="Download an archived month",
    **says(file="application/vnd.apache.parquet"),
)
def download_a_month(request: Request, archive_id: int) -> HttpResponseBase:
    """The Parquet file; that it was taken stands in the audit."""
    archive = seen(ArchivedMonth.objects, request, archive_id)
    actions.note_archive_taken(archive, by=request.actor)
    if not archive.path.exists():
        raise Problem(404, _("This file is missing; it can be restored from a backup."))
    return file_answer(archive.path, f"leadline-events-{archive}.parquet")


def _require(request: Request) -> None:
    require(may_manage_platform(request.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _shown(archive: ArchivedMonth) -> dict[str, Any]:
    return {
        "id": archive.pk,
        "month": str(archive),
        "events": archive.rows,
        "bytes": archive.size,
        "sha256": archive.sha256,
        "archived_at": archive.archived_at,
        "is_away": archive.is_away,
        "stays_until": archive.stays_until,
    }
