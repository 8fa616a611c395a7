"""Where the pieces of the database come from: a dump in one snapshot, or a physical base."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from leadline.config import tallying
from leadline.config.backups.archive import PIECE
from leadline.config.backups.packing import packed
from leadline.core.installed import connect
from leadline.core.postgres import ServerError, connection_settings
from leadline.core.postgres.binaries import OLDEST, Binaries, find_binaries
from leadline.core.refusals import RuleBroken


@dataclass
class Source:
    """A stream of the database, and what is known about it once the stream has ended."""

    pieces: Iterator[bytes]
    facts: dict[str, Any] = field(default_factory=dict)


@contextmanager
def dump() -> Iterator[Source]:
    """pg_dump in a snapshot, whose tables are counted and digested meanwhile on the same snapshot."""
    with connect() as connection, ThreadPoolExecutor(1) as counting:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tallying.prepare(connection)
        snapshot, major = _one(
            connection, "SELECT pg_export_snapshot(), current_setting('server_version_num')::int / 10000"
        )
        tallies = counting.submit(_tallied, connection)
        command: list[str | Path] = [
            programs(major).program("pg_dump"), "-Fc", "-Z", "1", "--no-owner", "--no-privileges",
            # What is unlogged is empty after a crash anyway: no backup needs what a scan noted for itself.
            "--no-unlogged-table-data",
            f"--snapshot={snapshot}", "--lock-wait-timeout=60s", *where(connection_settings()),
        ]  # fmt: skip
        source = Source(iter(()), {"postgres": major})
        source.pieces = _and_then(run_out(command), source, tallies)
        try:
            yield source
        except BaseException:
            connection.cancel()  # nobody wants the figures any more
            raise


@contextmanager
def base() -> Iterator[Source]:
    """pg_basebackup with the log of changes that makes it consistent; the embedded server only."""
    with connect() as connection:
        major, log_from, system = _one(
            connection,
            "SELECT current_setting('server_version_num')::int / 10000,"
            " pg_walfile_name(pg_current_wal_lsn()), system_identifier::text FROM pg_control_system()",
        )
    command: list[str | Path] = [
        programs(major).program("pg_basebackup"), "-D", "-", "-Ft", "-X", "fetch", "-c", "fast",
        "--manifest-checksums=SHA256",
        "-l", "leadline backup", *where(connection_settings(), database=False),
    ]  # fmt: skip
    yield Source(
        packed(run_out(command)), {"postgres": major, "log_from": log_from, "system": system, "packed": True}
    )


def programs(major: int) -> Binaries:
    """PostgreSQL's programs of the server's version, or newer ones, which know the older."""
    try:
        return find_binaries(major)
    except ServerError:
        newest = find_binaries()
    if newest.major < major or major < OLDEST:
        raise ServerError(
            f"The server is PostgreSQL {major}; its pg_dump is not here. Install its client package or set"
            " LEADLINE_POSTGRES_BIN to its folder."
        )
    return newest


def where(address: dict[str, Any], *, database: bool = True) -> list[str]:
    """The options that name a server; the password goes another way, as others can read the command."""
    named = (("-h", address["HOST"]), ("-p", address["PORT"]), ("-U", address["USER"]))
    options = [part for option, value in named if value for part in (option, str(value))]
    return [*options, "-d", address["NAME"]] if database else options


def environment(address: dict[str, Any]) -> dict[str, str]:
    """What libpq reads beside the options."""
    given = {f"PG{name.upper()}": str(value) for name, value in address.get("OPTIONS", {}).items()}
    if address.get("PASSWORD"):
        given["PGPASSWORD"] = str(address["PASSWORD"])
    names = {"PGAPPLICATION_NAME": "PGAPPNAME", "PGCONNECT_TIMEOUT": "PGCONNECT_TIMEOUT"}
    return {**os.environ, "LC_ALL": "C", **{names.get(name, name): value for name, value in given.items()}}


def run_out(command: Sequence[str | Path]) -> Iterator[bytes]:
    """What a program writes, in pieces; raises `RuleBroken` with its last words when it fails."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            env=environment(connection_settings()),
        )
        assert process.stdout is not None
        try:
            while piece := process.stdout.read(PIECE):
                yield piece
            if process.wait():
                raise RuleBroken(f"The database could not be copied: {_last_words(said)}")
        finally:
            process.stdout.close()
            process.kill()
            process.wait()


def _and_then(
    pieces: Iterator[bytes], source: Source, tallies: "Future[dict[str, tallying.Tally]]"
) -> Iterator[bytes]:
    yield from pieces
    source.facts["tables"] = {name: asdict(tally) for name, tally in tallies.result().items()}


def _tallied(connection: psycopg.Connection) -> dict[str, tallying.Tally]:
    return tallying.digests(connection, tallying.tables_of(connection))


def _one(connection: psycopg.Connection, asked: str) -> tuple[Any, ...]:
    row = connection.execute(asked).fetchone()
    assert row is not None
    return row


def _last_words(said: Any) -> str:
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return " ".join(lines[-3:]) or "it said nothing"
