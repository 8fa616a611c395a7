"""Putting a restored installation in the place of the present one: whole, even if it is killed in between.

It is built in `restoring` in the data folder. A file `ready` says that it is whole; from then on each start
goes on with the renames until all are done, so no start ever finds half of the one and half of the other.
"""

import os
import shutil
from pathlib import Path

from leadline.core.postgres.cluster import cluster_folder, moved_out

STAGE = "restoring"
_READY = "ready"
_PARTS = ("files", "secret-key", "keys")


def stage_of(data: Path) -> Path:
    """Where the next one is built."""
    return data / STAGE


def mark_ready(data: Path, former: str) -> None:
    """Say that what was built is whole; the present one goes to a folder of this name."""
    os.sync()
    ready = stage_of(data) / _READY
    written = ready.with_suffix(".new")
    written.write_text(former)
    with written.open("rb") as file:
        os.fsync(file.fileno())
    written.rename(ready)


def finish(data: Path) -> bool:
    """Go on with what `mark_ready` began; safe to repeat, and nothing to do costs nothing."""
    stage = stage_of(data)
    ready = stage / _READY
    if not ready.exists():
        return False
    former = data / ready.read_text()
    former.mkdir(mode=0o711, exist_ok=True)
    _swap(cluster_folder(stage), _place_of_the_cluster(data, stage), former / "postgres")
    for part in _PARTS:
        _swap(stage / part, data / part, former / part)
    os.sync()
    ready.unlink()
    shutil.rmtree(stage, ignore_errors=True)
    if not any(former.iterdir()):
        former.rmdir()
    return True


def _place_of_the_cluster(data: Path, stage: Path) -> Path:
    if (stage / "postgres").is_symlink() and not (data / "postgres").exists():
        return moved_out(data)
    return cluster_folder(data)


def _swap(built: Path, place: Path, former: Path) -> None:
    if not built.exists():
        return
    if place.exists():
        # The former one may lie on another disk than the data folder; renames stay on one.
        former = former if place.parent == former.parent.parent else place.with_name(former.parent.name)
        place.rename(former)
    built.rename(place)
