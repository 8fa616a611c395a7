"""Making a backup while people work."""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leadline import __version__
from leadline.config.backups import locked, shelf, sources
from leadline.config.backups.archive import ABOUT, DATABASE, FILES, FORMAT, KEYS, Writer
from leadline.core import clock
from leadline.core.postgres import is_embedded, wal
from leadline.core.postgres.addresses import data_folder
from leadline.core.refusals import RuleBroken

KINDS = {"dump": sources.dump, "base": sources.base}


@dataclass(frozen=True)
class Made:
    """A backup that was made; `keys` says where its keys are: encrypted, beside, or environment."""

    path: Path
    kind: str
    seconds: float
    size: int
    rows: int | None
    files: int
    keys: str


def make_backup(
    to: Path | None = None, *, kind: str = "", told: Callable[[int], object] = lambda written: None
) -> Made:
    """Write a backup to a folder (under a name that tells what it is) or a file that is not there yet.

    Files are copied after the snapshot of the database, so each that a row names is there. `told` hears how
    many bytes of the database are written, and may raise to break off; then nothing is left.
    """
    start, data = time.monotonic(), data_folder()
    kind = kind or usual_kind()
    if kind == "base" and not is_embedded():
        raise RuleBroken(
            "A base is made of the embedded database only; your server has its own way for that."
        )
    with KINDS[kind]() as source:
        moment = clock.now()
        path = _place(to, shelf.name_for(kind, moment, source.facts.get("log_from", "")))
        about = {"format": FORMAT, "kind": kind, "leadline": __version__, "begun_at": moment.isoformat()}
        with shelf.written(path) as file:
            archive = Writer(file)
            archive.add(ABOUT, json.dumps(about).encode())
            length = archive.add_pieces(DATABASE, _counted(source.pieces, told))
            files = _add_files(archive, data / "files")
            keys = _add_keys(archive, data, path)
            facts = {
                **about,
                "ended_at": clock.now().isoformat(),
                "bytes": length,
                "files": files,
                "keys": keys,
            }
            manifest = archive.close({**facts, **source.facts})
    return Made(path, kind, time.monotonic() - start, path.stat().st_size, _rows(manifest), files, keys)


def usual_kind() -> str:
    """A base where the log of changes is kept, as it leads to any moment; else a dump."""
    return "base" if is_embedded() and wal.is_kept() else "dump"


def _place(to: Path | None, name: str) -> Path:
    to = (to or shelf.usual_folder()).absolute()
    if to.suffix and not to.is_dir():
        return to
    return to / name


def _counted(pieces: Iterator[bytes], told: Callable[[int], object]) -> Iterator[bytes]:
    length = 0
    for piece in pieces:
        yield piece
        length += len(piece)
        told(length)


def _add_files(archive: Writer, folder: Path) -> int:
    count = 0
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            archive.add_file(FILES + path.relative_to(folder).as_posix(), path)
        except FileNotFoundError:
            continue  # removed with its job meanwhile
        count += 1
    return count


def _add_keys(archive: Writer, data: Path, path: Path) -> str:
    keys = locked.keys_of(data)
    if not keys:
        return "environment"
    passphrase = os.environ.get("LEADLINE_BACKUP_PASSPHRASE", "")
    if passphrase:
        archive.add(KEYS, locked.closed(keys, passphrase))
        return "encrypted"
    beside = path.with_suffix(shelf.BESIDE)
    with shelf.written(beside) as file:
        file.write(json.dumps(keys).encode())
    return "beside"


def _rows(manifest: dict[str, Any]) -> int | None:
    tables = manifest.get("tables")
    return sum(table["rows"] for table in tables.values()) if tables else None
