"""Building the database of a backup: from a dump or a base, compared with what the manifest says."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from leadline.config import tallying
from leadline.config.backups import sources
from leadline.config.backups.archive import DATABASE, PIECE, members
from leadline.config.backups.packing import unpacked
from leadline.core.installed import connect
from leadline.core.postgres import Server, ServerError, connection_settings, wal
from leadline.core.postgres.addresses import embedded
from leadline.core.postgres.cluster import Cluster, prepared
from leadline.core.refusals import RuleBroken

Told = Callable[[str], object]
# While it is filled nobody relies on it; it is on the disk before it is put in place.
HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "archive_mode": "off",
    "autovacuum": "off",
    "max_wal_size": "4GB",
}
# An older server does not know a setting that a newer pg_restore begins with.
_HARMLESS = "transaction_timeout"
LONGEST_REPLAY = 6 * 3600


def build(
    archive: Path, manifest: dict[str, Any], stage: Path, told: Told, *, at: datetime | None, log: Path | None
) -> int | None:
    """Build the database in the stage's own cluster and leave it running; returns the rows compared."""
    if manifest["kind"] == "base":
        _lay_out_base(archive, manifest, stage, told)
        _replay(stage, told, at=at, log=(log or wal.folder()) / manifest["system"])
        return None
    server = Server(stage, HASTY)
    server.start()
    told("Filling the database")
    _restore_dump(archive, stage, embedded(stage), manifest["postgres"])
    with server.connect() as connection:
        rows = _compared(connection, manifest, told)
        connection.execute("ANALYZE")
    server.stop()
    os.sync()
    Server(stage, {"archive_mode": "off"}).start()
    return rows


def fill_the_server(archive: Path, manifest: dict[str, Any], stage: Path, told: Told) -> int | None:
    """Fill the database that DATABASE_URL names, which must be empty; empty it again if that fails."""
    with connect() as connection:
        if tallying.tables_of(connection):
            raise RuleBroken(
                "The database is not empty. Make a new one (createdb) and name it in DATABASE_URL."
            )
        told("Filling the database")
        try:
            _restore_dump(archive, stage, connection_settings(), manifest["postgres"])
            rows = _compared(connection, manifest, told)
        except BaseException:
            connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            raise
        connection.execute("ANALYZE")
    return rows


def _restore_dump(archive: Path, stage: Path, address: dict[str, Any], major: int) -> None:
    # pg_restore on several cores jumps in the file, so it must be one.
    dump = stage / "database.dump"
    with dump.open("wb") as file:
        for piece in _pieces(archive, are_packed=False):
            file.write(piece)
    command: list[str | Path] = [
        sources.programs(major).program("pg_restore"), "--no-owner", "--no-privileges",
        "-j", str(os.cpu_count() or 1), *sources.where(address), dump,
    ]  # fmt: skip
    _run(command, sources.environment(address))
    dump.unlink()


def _run(command: Sequence[str | Path], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [str(word) for word in command], env=environment, capture_output=True, text=True, check=False
    )
    errors = [line for line in done.stderr.splitlines() if "error:" in line and _HARMLESS not in line]
    if done.returncode and (errors or _HARMLESS not in done.stderr):
        raise RuleBroken(f"The database could not be filled: {' '.join(errors[:3]) or done.stderr[-300:]}")


def _compared(connection: psycopg.Connection, manifest: dict[str, Any], told: Told) -> int:
    """Compare rows and digest of each table with the backup's; raises `RuleBroken` naming what differs."""
    told("Comparing each table with the backup")
    wanted = manifest["tables"]
    tallying.prepare(connection)
    found = tallying.digests(connection, tallying.tables_of(connection))
    for table in sorted({*wanted, *found}):
        there = found.get(table)
        if there is None or table not in wanted:
            raise RuleBroken(f"After restoring, the table {table} is not what the backup holds.")
        if (there.rows, there.digest) != (wanted[table]["rows"], wanted[table]["digest"]):
            raise RuleBroken(
                f"After restoring, {table} differs from the backup: {there.rows} rows,"
                f" {wanted[table]['rows']} wanted."
            )
    return sum(tally.rows for tally in found.values())


def _lay_out_base(archive: Path, manifest: dict[str, Any], stage: Path, told: Told) -> None:
    told("Laying out the database")
    cluster = prepared(stage, {"archive_mode": "off"})
    if cluster.binaries.major != manifest["postgres"]:
        raise RuleBroken(
            f"This base is of PostgreSQL {manifest['postgres']}; here is {cluster.binaries.major}."
            " Set LEADLINE_POSTGRES_BIN to that version's programs, or restore a dump."
        )
    shutil.rmtree(cluster.folder)
    cluster.account.make_folder(cluster.folder)
    with tarfile.open(
        fileobj=io.BufferedReader(_Stream(_pieces(archive, are_packed=bool(manifest.get("packed")))), PIECE),
        mode="r|",
    ) as tar:
        tar.extractall(cluster.folder, filter="data")
    _require_all_files(cluster.folder)
    _hand_over(cluster)


def _require_all_files(folder: Path) -> None:
    """Compare each file with the server's own manifest. Its pg_verifybackup does the same, where it works."""
    for file in json.loads((folder / "backup_manifest").read_text())["Files"]:
        path = folder / file["Path"]
        if not path.is_file() or path.stat().st_size != file["Size"] or _digest(path) != file["Checksum"]:
            raise RuleBroken(f"The base is damaged: its file {file['Path']} is not what the server wrote.")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hand_over(cluster: Cluster) -> None:
    """Let everything belong to the account that runs the server, closed to others."""
    for folder, _folders, files in os.walk(cluster.folder):
        os.chmod(folder, 0o700)
        for path in [folder, *(os.path.join(folder, name) for name in files)]:
            if cluster.account.other:
                os.chown(path, cluster.account.uid, cluster.account.gid, follow_symlinks=False)


def _replay(stage: Path, told: Told, *, at: datetime | None, log: Path) -> None:
    """Let the server go through the log of changes until the moment, then open it."""
    told(f"Going through the log of changes{f' until {at:%Y-%m-%d %H:%M:%S %Z}' if at else ''}")
    server = Server(stage, wal.settings_to_replay(log, at.isoformat(" ") if at else ""))
    cluster = prepared(stage, server.settings)
    _touch(cluster, "recovery.signal")
    until = time.monotonic() + LONGEST_REPLAY
    try:
        server.start()
        while _is_replaying(server):
            if time.monotonic() > until:
                raise RuleBroken("The log of changes takes too long.")
            time.sleep(0.1)
    except (ServerError, psycopg.OperationalError) as stopped:
        raise RuleBroken(_why(cluster, at, str(stopped))) from None
    server.stop()
    Server(stage, {"archive_mode": "off"}).start()


def _is_replaying(server: Server) -> bool:
    with server.connect("postgres") as connection:
        row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
    return bool(row and row[0])


def _why(cluster: Cluster, at: datetime | None, said: str) -> str:
    logs = sorted((cluster.folder / "log").glob("*.log"), key=lambda path: path.stat().st_mtime)
    last = logs[-1].read_text(errors="replace") if logs else said
    if "before configured recovery target was reached" in last + said:
        return (
            f"The log of changes ends before {at}; choose an earlier moment, or none for the end of the log."
        )
    return f"The base could not be brought to that moment: {said[-500:]}"


def _touch(cluster: Cluster, name: str) -> None:
    place = cluster.folder / name
    place.touch(mode=0o600)
    if cluster.account.other:
        os.chown(place, cluster.account.uid, cluster.account.gid)


def _pieces(archive: Path, *, are_packed: bool) -> Iterator[bytes]:
    for name, content in members(archive):
        if name.startswith(DATABASE):
            piece = content.read()
            yield unpacked(piece) if are_packed else piece


class _Stream(io.RawIOBase):
    """The pieces as a file that is read from front to end."""

    def __init__(self, pieces: Iterator[bytes]):
        self._pieces, self._left = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        """Fill what fits of the present piece."""
        if not self._left:
            self._left = memoryview(next(self._pieces, b""))
        given = self._left[: len(room)]
        room[: len(given)] = given
        self._left = self._left[len(given) :]
        return len(given)
