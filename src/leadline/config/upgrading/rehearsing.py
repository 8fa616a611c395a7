"""Migrate a copy of the data in a process of its own; compare what was there before with what is after."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from leadline.config import tallying
from leadline.config.backups import sources
from leadline.config.backups.building import HASTY
from leadline.config.upgrading.comparing import compare
from leadline.config.upgrading.report import Report, Step
from leadline.core.installed import connect
from leadline.core.postgres import Server, connection_settings, is_embedded
from leadline.core.postgres.addresses import data_folder
from leadline.core.refusals import RuleBroken

Told = Callable[[str], object]
STEP, FAILURE = "step:", "failure:"
# What migrating itself writes: which migrations ran, which code they came from.
OF_THE_FRAMEWORK = {"django_migrations", "leadline_installed", "django_content_type", "auth_permission"}
# Counts of records that migrating folds or makes anew; `leadline check` compares them to the records.
KEPT_COUNTS = {"core_figure_whole", "core_figure_scoped", "core_figure_standing", "core_figure_moved"}


def rehearse(told: Told = lambda step: None) -> Report:
    """Copy, count, migrate the copy, count again, throw the copy away; the live data is only read."""
    start = time.monotonic()
    told("Copying the database")
    with a_copy() as address:
        copied_in = time.monotonic() - start
        told("Counting and adding up")
        with psycopg.connect(address, autocommit=True) as connection:
            tallying.prepare(connection)
            before = tallying.sums(connection, _tables(connection))
            told("Migrating the copy")
            begun = time.monotonic()
            steps, failure = _migrated(address)
            seconds = time.monotonic() - begun
            told("Comparing")
            there = [table for table in _tables(connection) if table in before]
            after = tallying.sums(connection, there, known=before)
    return Report(
        steps,
        compare(before, after),
        len(before),
        sum(tally.rows for tally in before.values()),
        seconds,
        copied_in,
        failure,
    )


@contextmanager
def a_copy() -> Iterator[str]:
    """The address of a copy that may be altered; gone again afterwards."""
    if is_embedded():
        with _copied_cluster() as address:
            yield address
    else:
        with _copied_database() as address:
            yield address


@contextmanager
def _copied_cluster() -> Iterator[str]:
    """A dump of the live database restored into a cluster of its own, while people work."""
    with tempfile.TemporaryDirectory(prefix="rehearsal-", dir=data_folder()) as folder:
        # Open to pass through: run by root, the server belongs to a service user.
        os.chmod(folder, 0o711)  # noqa: S103
        server = Server(Path(folder), HASTY)
        server.start()
        try:
            address = f"postgresql://leadline@/leadline?host={server.socket}&port=5432"
            _fill(address)
            yield address
        finally:
            server.stop()
            server.remove()


@contextmanager
def _copied_database() -> Iterator[str]:
    """A second database on the server that DATABASE_URL names; needs the right to create one."""
    of = connection_settings()
    name = f"{of['NAME']}_rehearsal"[-63:]
    with connect() as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        try:
            connection.execute(drop)
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege:
            raise RuleBroken(
                "The database's user may not create a database for the copy. Let it:"
                f" ALTER ROLE {of['USER']} CREATEDB"
            ) from None
        try:
            address = _address_of({**of, "NAME": name})
            _fill(address)
            yield address
        finally:
            connection.execute(drop)


def _fill(address: str) -> None:
    """Pipe a dump of the live database into the copy."""
    with connect() as connection:
        row = connection.execute("SELECT current_setting('server_version_num')::int / 10000").fetchone()
        assert row is not None
    programs = sources.programs(row[0])
    of = connection_settings()
    given = sources.environment(of)
    dump = subprocess.Popen(
        [
            str(programs.program("pg_dump")),
            "-Fc",
            "-Z",
            "0",
            "--no-owner",
            "--no-privileges",
            *sources.where(of),
        ],
        stdout=subprocess.PIPE,
        env=given,
    )
    restore = subprocess.run(
        [str(programs.program("pg_restore")), "--no-owner", "--no-privileges", "-d", address],
        stdin=dump.stdout,
        capture_output=True,
        text=True,
        env=given,
        check=False,
    )
    if dump.wait() or (restore.returncode and "transaction_timeout" not in restore.stderr):
        raise RuleBroken(f"The copy could not be made: {restore.stderr.strip()[-300:]}")


def _migrated(address: str) -> tuple[list[Step], str]:
    """Run the migrations of this code on the copy in another process, which tells each step."""
    done = subprocess.run(
        [sys.executable, "-m", "leadline.config.upgrading.migrating"],
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    steps = [Step(**json.loads(line.removeprefix(STEP))) for line in lines if line.startswith(STEP)]
    failures = [line.removeprefix(FAILURE) for line in lines if line.startswith(FAILURE)]
    if done.returncode and not failures:
        failures = [done.stderr.strip()[-500:] or f"the migration ended with {done.returncode}"]
    return steps, failures[0] if failures else ""


def _tables(connection: psycopg.Connection) -> list[str]:
    return [table for table in tallying.tables_of(connection) if table not in OF_THE_FRAMEWORK | KEPT_COUNTS]


def _address_of(of: dict[str, Any]) -> str:
    """The settings of a database as DATABASE_URL wants them."""
    who = quote(of["USER"], safe="") + (f":{quote(of['PASSWORD'], safe='')}" if of["PASSWORD"] else "")
    more = {"host": of["HOST"], "port": of["PORT"], **of["OPTIONS"]}
    asked = urlencode({name: value for name, value in more.items() if value})
    return f"postgresql://{who + '@' if who else ''}/{quote(of['NAME'], safe='')}?{asked}"
