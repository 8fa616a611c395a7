"""Making a backup while people work."""

import json
import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from leadline import __version__
from leadline.config.backups import locked, shelf, sources
from leadline.config.backups.archive import ABOUT, DATABASE, FILES, FORMAT, KEYS, Writer
from leadline.core import clock
from leadline.core.backing_up import backing_up
from leadline.core.postgres import is_embedded, wal
from leadline.core.postgres.addresses import data_folder
from leadline.core.refusals import RuleBroken
from leadline.platform.models import archive_folder

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

    Files are copied after the snapshot of the database, so each that a row names is there; files of archived
    months stay until the backup has ended. `told` hears how many bytes of the database are written, and may
    raise to break off; then nothing is left.
    """
    start, data = time.monotonic(), data_folder()
    kind = kind or usual_kind()
    if kind == "base" and not is_embedded():
        raise RuleBroken(
            "A base is made of the embedded database only; your server has its own way for that."
        )
    with backing_up() as held:
        replaced = _replaced(held)  # before the snapshot, which names those that are replaced after it
        with KINDS[kind]() as source:
            moment = clock.now()
            path = _place(to, shelf.name_for(kind, moment, source.facts.get("log_from", "")))
            about = {"format": FORMAT, "kind": kind, "leadline": __version__, "begun_at": moment.isoformat()}
            with shelf.written(path) as file:
                archive = Writer(file)
                archive.add(ABOUT, json.dumps(about).encode())
                length = archive.add_pieces(DATABASE, _counted(source.pieces, told))
                files = _add_files(archive, data / "files", leave_out=replaced)
                held.execute("SELECT 1")  # it stood to the end: no file went that the snapshot names
                keys = _add_keys(archive, data, path)
                ended = clock.now().isoformat()
                facts = {**about, "ended_at": ended, "bytes": length, "files": files, "keys": keys}
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


def _replaced(held: psycopg.Connection) -> frozenset[Path]:
    """The files of archived months in whose place others were named before: nobody's, erased persons in them.

    A backup is made before a migration too, so the table may not be there.
    """
    with suppress(psycopg.errors.UndefinedTable):
        names = held.execute("SELECT file FROM platform_replacedarchive").fetchall()
        return frozenset(archive_folder() / name for (name,) in names)
    return frozenset()


def _add_files(archive: Writer, folder: Path, *, leave_out: Collection[Path]) -> int:
    count = 0
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path in leave_out:
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
