"""Documents: what may be brought, told by its own bytes; kept under names that nobody guesses."""

from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from leadline.core.refusals import RuleBroken
from leadline.timeline.files import folder, keep_file

ROOM = "compliance"
LARGEST = 15 * 1024 * 1024  # bytes
# How a file of each accepted type begins: what its name or the browser says is not asked.
BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
SHOWN = ("image/jpeg", "image/png")  # a browser shows them and runs nothing


def media_type_of(file: UploadedFile) -> str:
    """What a file is by its first bytes. Raises `RuleBroken` for what is not accepted, empty or too large."""
    if not file.size:
        raise RuleBroken(_("This file is empty."), field="file", value=file.name)
    if file.size > LARGEST:
        raise RuleBroken(_("“%(name)s” is larger than 15 MB.") % {"name": file.name}, field="file")
    file.seek(0)
    start = file.read(16)
    file.seek(0)
    for beginning, media_type in BEGINNINGS:
        if start.startswith(beginning):
            return media_type
    message = _("“%(name)s” is no PDF, JPEG or PNG. Photograph or scan it as one of these.")
    raise RuleBroken(message % {"name": file.name}, field="file", value=file.name)


def keep_document(file: UploadedFile) -> tuple[str, str, int]:
    """Store a document; its cleaned name, its path and its size."""
    return keep_file(file, ROOM)


def place_of(path: str) -> Path:
    """Where a document is kept."""
    return folder(ROOM) / path
