"""/attachments, and the files of a note (CUS-12)."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.problems import Problem
from leadline.api.resources.jobs import file_answer
from leadline.api.resources.seeing import customer_of, note_seen, seen
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.timeline.files import folder
from leadline.timeline.models import Attachment

router = Router(tags=["notes"])
of_note = Router(tags=["notes"])
VERB = says(gives=ref("Attachment"), takes=fields({}), example={}, optional=True)
FILE = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
    "required": ["file"],
}


@of_note.get(
    "/{int:note_id}/attachments",
    summary="List the files of a note",
    **says(gives=described_list(ref("Attachment")), query=PAGING),
)
def list_attachments(request: Request, note_id: int) -> HttpResponse:
    """Without those that were removed."""
    rows = Attachment.objects.visible_to(request.user).current().select_related("uploaded_by")
    return plain_list_of(request, rows.filter(note=note_seen(request, note_id)), _shown)


@of_note.post(
    "/{int:note_id}/attachments",
    summary="Attach a file to a note",
    **says(gives=ref("Attachment"), status=201, takes=FILE, media_type="multipart/form-data"),
)
def attach_file(request: Request, note_id: int) -> HttpResponse:
    """At most 25 MB; it is only ever served as a download."""
    note = note_seen(request, note_id)
    if request.content_type != "multipart/form-data":
        raise Problem(415, _("Send the file as multipart/form-data, in the part “file”."))
    only(dict(request.POST.items()), ())
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise RuleBroken(_("Send the file in the part “file”."), field="file")
    kept = actions.attach_files(note, customer_of(note), files=[file], by=request.actor)[0]
    return answer(_shown(kept), status=201, location=f"/api/v1/attachments/{kept.pk}")


@router.get("/{int:attachment_id}", summary="Read about a file", **says(gives=ref("Attachment")))
def get_attachment(request: Request, attachment_id: int) -> HttpResponse:
    """Its name and size; also of one that was removed."""
    parameters_of(request, ())
    return answer(_shown(_seen(request, attachment_id)))


@router.get("/{int:attachment_id}/file", summary="Download a file", **says(file="application/octet-stream"))
def download_attachment(request: Request, attachment_id: int) -> HttpResponseBase:
    """The file itself."""
    parameters_of(request, ())
    found = _seen(request, attachment_id)
    if found.archived_at is not None:
        raise Problem(404, _("This file was removed. It can be restored."))
    return file_answer(folder() / found.path, found.name)


@router.post("/{int:attachment_id}/remove", summary="Remove a file from its note", **VERB)
def remove_attachment(request: Request, attachment_id: int) -> HttpResponse:
    """It can be restored."""
    return _done(request, attachment_id, actions.remove_attachment)


@router.post("/{int:attachment_id}/restore", summary="Restore a file of a note", **VERB)
def restore_attachment(request: Request, attachment_id: int) -> HttpResponse:
    """Bring a removed file back."""
    return _done(request, attachment_id, actions.restore_attachment)


def _seen(request: Request, key: int) -> Attachment:
    found: Attachment = seen(Attachment.objects.select_related("note", "uploaded_by"), request, key)
    return found


def _done(request: Request, key: int, verb: Any) -> HttpResponse:
    found = _seen(request, key)
    only(object_of(request, optional=True), ())
    return answer(_shown(verb(found, customer_of(found.note), by=request.actor)))


def _shown(file: Attachment) -> dict[str, Any]:
    by = file.uploaded_by
    return {
        "id": file.pk,
        "note": file.note_id,
        "name": file.name,
        "size": file.size,
        "uploaded_by": {"id": by.pk, "email": by.email, "name": by.name},
        "uploaded_at": file.uploaded_at,
        "removed_at": file.archived_at,
    }
