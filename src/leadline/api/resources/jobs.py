"""/jobs and /change-sets: long work, its result, and undoing what it did (ALL-8, SIG-3)."""

import mimetypes
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.problems import Problem
from leadline.api.resources.seeing import seen
from leadline.core.changesets import ChangeSet, change_set_state, undo_change_set
from leadline.core.jobs import Job, cancel_job, job_state, result_path, resume_job
from leadline.core.requests import Request
from leadline.governance.actions import tell_file_taken

router = Router(tags=["jobs"])
change_sets = Router(tags=["change sets"])
VERB = says(gives=ref("Job"), takes=fields({}), example={}, optional=True)


@router.get("", summary="List jobs", **says(gives=described_list(ref("Job")), query=PAGING))
def list_jobs(request: Request) -> HttpResponse:
    """Your jobs, the newest first; an administrator sees all."""
    return plain_list_of(request, Job.objects.visible_to(request.user), job_shown)


@router.get("/{int:job_id}", summary="Read a job", **says(gives=ref("Job")))
def get_job(request: Request, job_id: int) -> HttpResponse:
    """How far it is, and how it ended. Ask every few seconds."""
    parameters_of(request, ())
    return answer(job_shown(seen(Job.objects.all(), request, job_id)))


@router.get(
    "/{int:job_id}/result", summary="Download the file of a job", **says(file="application/octet-stream")
)
def download_result(request: Request, job_id: int) -> HttpResponseBase:
    """An export, or the rows that were refused."""
    parameters_of(request, ())
    job = seen(Job.objects.all(), request, job_id)
    path = result_path(job)
    if path is None:
        raise Problem(404, _("This job has no file, or none yet."))
    tell_file_taken(job.pk, kind=job.kind, by=request.actor)
    return file_answer(path)


@router.post("/{int:job_id}/cancel", summary="Cancel a job", **VERB)
def cancel_a_job(request: Request, job_id: int) -> HttpResponse:
    """It stops after its current portion; what was done stays."""
    job = seen(Job.objects.all(), request, job_id)
    only(object_of(request, optional=True), ())
    return answer(job_shown(cancel_job(job, by=request.actor)))


@router.post("/{int:job_id}/resume", summary="Let a job go on", **VERB)
def resume_a_job(request: Request, job_id: int) -> HttpResponse:
    """One that failed or was cancelled goes on after its last finished portion."""
    job = seen(Job.objects.all(), request, job_id)
    only(object_of(request, optional=True), ())
    return answer(job_shown(resume_job(job, by=request.actor)))


@change_sets.get("", summary="List change sets", **says(gives=described_list(ref("ChangeSet")), query=PAGING))
def list_change_sets(request: Request) -> HttpResponse:
    """Your mass changes, the newest first."""
    rows = ChangeSet.objects.visible_to(request.user).select_related("undoing")
    return plain_list_of(request, rows, lambda changes: change_set_shown(changes, request.user))


@change_sets.get("/{int:change_set_id}", summary="Read a change set", **says(gives=ref("ChangeSet")))
def get_change_set(request: Request, change_set_id: int) -> HttpResponse:
    """What a mass change did; `kept` samples the rows that an undoing left, and why."""
    parameters_of(request, ())
    changes = seen(ChangeSet.objects.select_related("undoing"), request, change_set_id)
    return answer(change_set_shown(changes, request.user))


@change_sets.post(
    "/{int:change_set_id}/undo",
    summary="Undo a change set",
    **says(gives=ref("Job"), status=202, takes=fields({}), example={}, optional=True),
)
def undo_a_change_set(request: Request, change_set_id: int) -> HttpResponse:
    """Change back, as a job, whatever nobody edited since; for 30 days."""
    changes = seen(ChangeSet.objects.all(), request, change_set_id)
    only(object_of(request, optional=True), ())
    return job_started(undo_change_set(changes, by=request.actor))


def job_started(job: Job) -> HttpResponse:
    """202: the work goes on in the background, at the address in Location."""
    return answer(job_shown(job), status=202, location=f"/api/v1/jobs/{job.pk}")


def job_shown(job: Job) -> dict[str, Any]:
    """A job as JSON."""
    state = job_state(job)
    return {
        "id": state.id,
        "kind": state.kind,
        "title": state.title,
        "state": state.state,
        "done": state.done,
        "total": state.total,
        "percent": state.percent,
        "counts": state.counts,
        "message": state.message,
        "has_result": bool(state.result_file),
        "change_set": state.change_set_id,
        "created_at": state.created_at,
        "started_at": state.started_at,
        "ended_at": state.ended_at,
    }


def change_set_shown(changes: ChangeSet, user: Any) -> dict[str, Any]:
    """A change set as JSON."""
    state = change_set_state(changes, user)
    return {
        "id": state.id,
        "kind": changes.kind,
        "title": state.title,
        "state": state.state,
        "counts": state.counts,
        "created_at": state.created_at,
        "undo_until": state.undo_until,
        "undone_at": state.undone_at,
        "may_be_undone": state.may_be_undone,
        "kept": [
            {"kind": row.kind, "id": row.record_id, "who": row.who, "at": row.at, "reason": row.reason}
            for row in state.kept
        ],
    }


def file_answer(path: Any, name: str = "") -> FileResponse:
    """A file as a download, streamed."""
    shown = name or path.name
    media_type = mimetypes.guess_type(shown)[0] or "application/octet-stream"
    return FileResponse(path.open("rb"), as_attachment=True, filename=shown, content_type=media_type)
