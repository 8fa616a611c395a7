"""/imports: a file with its answers in one call, then a job (CUS-19, CUS-20)."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.problems import Problem
from leadline.api.resources.importing import TAKES, start_from
from leadline.api.resources.jobs import job_shown, job_started
from leadline.api.resources.seeing import seen
from leadline.core.requests import Request
from leadline.imports.actions import cancel_import, start_check, start_import, undo_import
from leadline.imports.models import Import
from leadline.imports.rejected import rejected_csv
from leadline.imports.studying import open_questions

router = Router(tags=["imports"])
VERB = says(gives=ref("Job"), status=202, takes=fields({}), example={}, optional=True)
NO_ANSWERS = says(gives=ref("Import"), takes=fields({}), example={}, optional=True)


@router.get("", summary="List imports", **says(gives=described_list(ref("Import")), query=PAGING))
def list_imports(request: Request) -> HttpResponse:
    """Your imports, the newest first; an administrator sees all."""
    rows = Import.objects.visible_to(request.user).select_related("job", "changes", "created_by")
    return plain_list_of(request, rows, import_shown)


@router.post(
    "",
    summary="Import a file",
    **says(gives=ref("Import"), status=201, takes=TAKES, media_type="multipart/form-data"),
)
def add_import(request: Request) -> HttpResponse:
    """Columns are matched by themselves where `mapping` names none. `start` says how far to go: `run` writes,
    `check` tries the whole file and writes nothing, `no` leaves it to be looked at first."""
    if request.content_type != "multipart/form-data":
        raise Problem(415, _("Send the file as multipart/form-data, in the part “file”."))
    brought = start_from(request)
    return answer(import_shown(brought), status=201, location=f"/api/v1/imports/{brought.pk}")


@router.get("/{int:import_id}", summary="Read an import", **says(gives=ref("Import")))
def get_import(request: Request, import_id: int) -> HttpResponse:
    """How it is read, what its columns hold, what came of it."""
    parameters_of(request, ())
    return answer(import_shown(import_seen(request, import_id)))


@router.get("/{int:import_id}/rejected", summary="Download rejected rows", **says(file="text/csv"))
def download_rejected_rows(request: Request, import_id: int) -> HttpResponseBase:
    """With their numbers and reasons; correct the file and import it again."""
    parameters_of(request, ())
    brought = import_seen(request, import_id)
    response = StreamingHttpResponse(rejected_csv(brought), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="rejected-{brought.pk}.csv"'
    return response


@router.post("/{int:import_id}/check", summary="Try an import", **VERB)
def check_import(request: Request, import_id: int) -> HttpResponse:
    """A dry run over the whole file."""
    return job_started(start_check(_asked(request, import_id), by=request.actor))


@router.post("/{int:import_id}/start", summary="Start an import", **VERB)
def start_an_import(request: Request, import_id: int) -> HttpResponse:
    """Write the rows, as a job that can be undone."""
    return job_started(start_import(_asked(request, import_id), by=request.actor))


@router.post("/{int:import_id}/cancel", summary="Cancel an import", **NO_ANSWERS)
def cancel_an_import(request: Request, import_id: int) -> HttpResponse:
    """What was written stays, and can be undone."""
    cancel_import(_asked(request, import_id), by=request.actor)
    return answer(import_shown(import_seen(request, import_id)))


@router.post("/{int:import_id}/undo", summary="Undo an import", **VERB)
def undo_an_import(request: Request, import_id: int) -> HttpResponse:
    """Change back whatever nobody edited since; what it created is archived."""
    return job_started(undo_import(_asked(request, import_id), by=request.actor))


def import_shown(brought: Import) -> dict[str, Any]:
    """An import as JSON; `mapping` goes from the columns' names to fields."""
    names = brought.table_form.names
    by = brought.created_by
    return {
        "id": brought.pk,
        "kind": brought.kind,
        "file_name": brought.file_name,
        "size": brought.size,
        "state": brought.state,
        "mapping": {names[place]: field for place, field in brought.columns.items() if place < len(names)},
        "columns": list(names),
        "values": {names[int(place)]: words for place, words in brought.values.items()},
        "source": brought.source,
        "make_customers": brought.make_customers,
        "duplicates": brought.on_duplicate,
        "key": brought.key,
        "questions": [
            {"column": asked.name, "asks": asked.asks, "why": asked.why, "examples": list(asked.examples)}
            for asked in open_questions(brought)
        ],
        "problems": [
            {"row": number, "cells": cells, "reason": reason} for number, cells, reason in brought.problems
        ],
        "counts": brought.counts or (brought.job.counts if brought.job else {}),
        "job": job_shown(brought.job) if brought.job else None,
        "change_set": brought.change_set.pk if brought.change_set else None,
        "created_by": {"id": by.pk, "email": by.email, "name": by.name},
        "created_at": brought.created_at,
    }


def import_seen(request: Request, key: int) -> Import:
    """An import that the person sees, with its jobs at hand."""
    found: Import = seen(Import.objects.select_related("job", "changes", "created_by"), request, key)
    return found


def _asked(request: Request, key: int) -> Import:
    brought = import_seen(request, key)
    only(object_of(request, optional=True), ())
    return brought
