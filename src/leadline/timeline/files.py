"""Where attached files are kept: below the data folder, under names nobody can guess or steer."""

import re
import secrets
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile


def folder(room: str = "notes") -> Path:
    """The folder of all attached files of a kind, outside of anything that is served."""
    return Path(settings.LEADLINE_DATA) / "files" / room


def keep_file(file: UploadedFile, room: str = "notes") -> tuple[str, str, int]:
    """Store an uploaded file; its cleaned name, its path below `folder(room)` and its size in bytes."""
    path = f"{secrets.token_hex(1)}/{secrets.token_hex(16)}"
    target = folder(room) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with target.open("xb") as kept:
        for chunk in file.chunks():
            size += kept.write(chunk)
    return _clean_name(file.name or ""), path, size


def _clean_name(name: str) -> str:
    """The last part of the name, without control characters; `file` when nothing is left."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return re.sub(r"[\x00-\x1f\x7f\"<>|*?:]", "", last).strip(" .")[-200:] or "file"
