"""The files themselves: written under a name of their own, on the disk before anybody names them."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp

from leadline.platform.models import ArchivedMonth, ReplacedArchive, archive_folder

PORTION = 1 << 20
A_DAY = 24 * 3600
_SCRATCH = "making-"


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for what is on its way, beside the files; gone afterwards."""
    archive_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    place = Path(mkdtemp(prefix=_SCRATCH, dir=archive_folder()))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def take_in(path: Path, month: date) -> str:
    """Put a finished file among the others, on the disk for sure; returns its name."""
    name = f"{month:%Y-%m}-{token_hex(6)}.parquet"
    path.chmod(0o600)
    _to_disk(path)
    path.replace(archive_folder() / name)
    _to_disk(archive_folder())
    return name


def sha256_of(path: Path) -> str:
    """The digest of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PORTION):
            digest.update(piece)
    return digest.hexdigest()


def pieces_of(path: Path) -> Iterator[bytes]:
    """What a file holds, in pieces."""
    with path.open("rb") as file:
        while piece := file.read(PORTION):
            yield piece


def remove(name: str) -> None:
    """Remove a file that no month ever named."""
    with suppress(FileNotFoundError):
        (archive_folder() / name).unlink()


def remove_strays() -> int:
    """Remove what a process left that died: what no month named, and is a day old; returns how many."""
    known = ArchivedMonth.objects.values_list("file").union(ReplacedArchive.objects.values_list("file"))
    named = {file for (file,) in known}
    strays = [path for path in archive_folder().glob("*") if path.name not in named and _is_old(path)]
    for path in strays:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            remove(path.name)
    return len(strays)


def _is_old(path: Path) -> bool:
    """Whether nobody can be at work on it still."""
    with suppress(FileNotFoundError):
        return path.stat().st_mtime < time.time() - A_DAY
    return False


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
