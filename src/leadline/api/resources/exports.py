"""/exports: what a filter shows, as a file (CUS-8)."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in, texts_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.problems import Problem
from leadline.api.resources.bulk import SELECTING, SELECTION, selection_in
from leadline.api.resources.jobs import file_answer, job_shown
from leadline.api.resources.seeing import seen
from leadline.core.jobs import Job, result_path
from leadline.core.jobs.models import JobQuerySet
from leadline.core.lists.export import FORMATS
from leadline.core.lists.export.running import KIND as EXPORT
from leadline.core.lists.export.running import start_export
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.governance.actions import tell_file_taken

router = Router(tags=["exports"])
KINDS = {"customers": "customer", "audit": "audit"}
COLUMNS = {"type": "array", "items": {"type": "string"}, "description": "Names of fields; all without."}
TAKES = fields(
    {
        "kind": {"enum": list(KINDS), "default": "customers"},
        **SELECTION["properties"],
        "columns": COLUMNS,
        "format": {"enum": list(FORMATS), "default": "csv"},
    }
)
EXAMPLE = {
    "where": {"field": "status", "op": "equals", "value": "active"},
    "columns": ["name", "email"],
    "format": "csv",
}


@router.get("", summary="List exports", **says(gives=described_list(ref("Job")), query=PAGING))
def list_exports(request: Request) -> HttpResponse:
    """Your exports, the newest first."""
    return plain_list_of(request, _exports().visible_to(request.user), job_shown)


@router.post("", summary="Export records", **says(gives=ref("Job"), status=201, takes=TAKES, example=EXAMPLE))
def add_export(request: Request) -> HttpResponse:
    """All that the condition finds within your scope; the file is ready when the job is done."""
    given = only(object_of(request), ["kind", *SELECTING, "columns", "format"])
    kind = text_in(given, "kind", "customers")
    if kind not in KINDS:
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        raise RuleBroken(message % {"value": kind[:60], "accepted": ", ".join(KINDS)}, "kind", kind)
    chosen = {name: given[name] for name in SELECTING if name in given}
    selection = selection_in({"selection": chosen or {"where": {}}}, KINDS[kind])
    columns, form = texts_in(given, "columns"), text_in(given, "format", "csv")
    started = start_export(selection, columns=columns, form=form, by=request.actor)
    return answer(job_shown(started), status=201, location=f"/api/v1/exports/{started.pk}")


@router.get("/{int:export_id}", summary="Read an export", **says(gives=ref("Job")))
def get_export(request: Request, export_id: int) -> HttpResponse:
    """How far it is; the same as the job of this id."""
    parameters_of(request, ())
    return answer(job_shown(seen(_exports(), request, export_id)))


@router.get("/{int:export_id}/file", summary="Download an export", **says(file="application/octet-stream"))
def download_export(request: Request, export_id: int) -> HttpResponseBase:
    """The file, once the job is done."""
    parameters_of(request, ())
    job = seen(_exports(), request, export_id)
    path = result_path(job)
    if path is None:
        raise Problem(404, _("This export is not ready yet."))
    tell_file_taken(job.pk, kind=job.kind, by=request.actor)
    return file_answer(path)


def _exports() -> JobQuerySet:
    return Job.objects.filter(kind=EXPORT)
