"""The files of jobs: rejected rows, exports. They live under LEADLINE_DATA/files/jobs/<id>/."""

import os
import shutil
from pathlib import Path

from django.conf import settings

from leadline.core.jobs.models import Job


def folder_of(job: Job) -> Path:
    """The folder of one job's files; it may not be there yet."""
    return Path(settings.LEADLINE_DATA) / "files" / "jobs" / str(job.pk)


def path_of(job: Job, name: str) -> Path:
    """The place of one file; a name is a plain name, never a path."""
    if Path(name).name != name or name in ("", ".", ".."):
        raise ValueError(f"not a plain file name: {name!r}")
    return folder_of(job) / name


def append(path: Path, content: bytes, *, after: int) -> int:
    """Write content at an offset, cutting off what a crashed portion left behind; returns the new length.

    It is on the disk before the transaction that counts it is committed.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        file.truncate(after)
        file.seek(after)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return after + len(content)


def remove_files(job: Job) -> None:
    """Remove all files of a job."""
    shutil.rmtree(folder_of(job), ignore_errors=True)
