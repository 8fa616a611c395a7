"""The folder of backups: what lies there, what is left of broken ones, what is too old to keep."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from leadline.core import clock
from leadline.core.postgres import wal
from leadline.core.postgres.addresses import data_folder
from leadline.core.postgres.cluster import cluster_folder
from leadline.core.refusals import RuleBroken

ENDING = ".leadline"
BESIDE = ".keys"
_NAME = re.compile(r"leadline-(\d{8}T\d{6})Z-(dump|base)(?:-(\w{24}))?\.leadline")


@dataclass(frozen=True)
class Kept:
    """A finished backup; `log_from` is the first file of the log of changes that a base needs."""

    path: Path
    made_at: datetime
    kind: str
    log_from: str
    size: int


def usual_folder() -> Path:
    """LEADLINE_BACKUPS, else `backups` in the data folder."""
    named = os.environ.get("LEADLINE_BACKUPS")
    return Path(named).resolve() if named else data_folder() / "backups"


def name_for(kind: str, moment: datetime, log_from: str = "") -> str:
    """The name tells what it is without opening it."""
    more = f"-{log_from}" if log_from else ""
    return f"leadline-{moment:%Y%m%dT%H%M%S}Z-{kind}{more}{ENDING}"


def kept_in(folder: Path) -> list[Kept]:
    """The finished backups of a folder, newest first."""
    found = []
    for path in folder.glob(f"leadline-*{ENDING}"):
        named = _NAME.fullmatch(path.name)
        if named:
            made_at = datetime.strptime(named[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            found.append(Kept(path, made_at, named[2], named[3] or "", path.stat().st_size))
    return sorted(found, key=lambda kept: kept.made_at, reverse=True)


def last_backup() -> Kept | None:
    """The newest backup in the usual folder; none where nobody made one, or where it can't be read."""
    with suppress(OSError):
        return next(iter(kept_in(usual_folder())), None)
    return None


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A file that gets its name when it is whole and on the disk; one that was broken off has none."""
    path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    _clear_after_the_dead(path.parent)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
            file.flush()
            os.fsync(file.fileno())
            if path.exists():
                raise RuleBroken(f"{path} is there already; give another name.")
            unfinished.rename(path)
        sync_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forget_old(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest backups, and the log of changes that no base needs any more."""
    there = kept_in(folder)
    old = there[keep:]
    for kept in old:
        kept.path.with_suffix(BESIDE).unlink(missing_ok=True)
        kept.path.unlink()
    if old:
        needed = [kept.log_from for kept in there[:keep] if kept.log_from]
        if needed:
            oldest = min(needed, key=lambda name: name[8:])
            wal.forget_before(oldest, wal.system_of(cluster_folder(data_folder())))
    return [kept.path for kept in old]


def age_in_words(kept: Kept) -> str:
    """How long ago a backup was made."""
    hours = (clock.now() - kept.made_at).total_seconds() / 3600
    return (
        f"{hours * 60:.0f} minutes ago"
        if hours < 2
        else f"{hours:.0f} hours ago"
        if hours < 48
        else (f"{hours / 24:.0f} days ago")
    )


def _clear_after_the_dead(folder: Path) -> None:
    """Remove what a killed backup left: whoever still writes holds a lock on it."""
    for left in folder.glob(".leadline-*.unfinished"):
        with suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()
