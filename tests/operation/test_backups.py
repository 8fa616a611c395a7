"""Backing up while people write, and coming back on another machine, whole or not at all (INT-7)."""

import hashlib
import json
import os
import signal
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from leadline.config import tallying
from leadline.config.upgrading.rehearsing import KEPT_COUNTS
from leadline.core.postgres import Server, in_use
from tests.operation.running import COMMAND, eventually, leadline, told

PASSPHRASE = {"LEADLINE_BACKUP_PASSPHRASE": "twenty fathoms of lead line"}

# What the migration that follows a restore writes itself.
MADE_ANEW = {"leadline_installed", *KEPT_COUNTS}


@pytest.fixture
def elsewhere(data: Path) -> Iterator[Path]:
    """The empty folder of another machine."""
    folder = data / "elsewhere"
    folder.mkdir(mode=0o711)
    yield folder
    Server(folder).stop()


def test_what_was_written_while_the_backup_ran_costs_nothing_and_all_comes_back(
    filled: Path, elsewhere: Path
):
    attachment = filled / "files" / "notes" / "7" / "offer.pdf"
    attachment.parent.mkdir(parents=True)
    attachment.write_bytes(os.urandom(300_000))
    with writing(filled) as written:
        eventually(lambda: written.count > 20)
        made = told(leadline("backup", str(filled / "kept"), "--json", **PASSPHRASE))
    archive = Path(made["file"])

    done = told(leadline("restore", str(archive), "--json", data=elsewhere, **PASSPHRASE))

    manifest = manifest_of(archive)
    Server(elsewhere).start()
    with Server(elsewhere).connect() as connection:
        tallying.prepare(connection)
        found = tallying.digests(connection, manifest["tables"])
    assert {name: (tally.rows, tally.digest) for name, tally in found.items() if name not in MADE_ANEW} == {
        name: (table["rows"], table["digest"])
        for name, table in manifest["tables"].items()
        if name not in MADE_ANEW
    }
    assert done["rows"] == made["rows"] > 0
    assert 0 < found["written"].rows <= written.count
    assert all(check["ok"] for check in done["checks"] if check["name"] != "queue")
    for part in ("files/notes/7/offer.pdf", "secret-key"):
        assert (elsewhere / part).read_bytes() == (filled / part).read_bytes()
    assert not (elsewhere / "restoring").exists()


def test_a_backup_opens_to_its_owner_alone_and_holds_no_key_in_the_clear(filled: Path):
    secret = (filled / "secret-key").read_bytes()

    locked = Path(told(leadline("backup", str(filled / "locked"), "--json", **PASSPHRASE))["file"])
    beside = Path(told(leadline("backup", str(filled / "beside"), "--json"))["file"])

    assert secret not in locked.read_bytes() + beside.read_bytes()
    assert json.loads(beside.with_suffix(".keys").read_text())["secret-key"].encode() == secret
    assert not locked.with_suffix(".keys").exists()
    for path in (locked, beside, beside.with_suffix(".keys")):
        assert path.stat().st_mode & 0o077 == 0


def test_what_can_not_be_trusted_is_refused_in_words_and_nothing_is_touched(filled: Path, elsewhere: Path):
    whole = Path(told(leadline("backup", str(filled / "kept"), "--json", **PASSPHRASE))["file"])
    content = whole.read_bytes()
    middle = len(content) // 2
    damaged, cut, foreign = (
        filled / name for name in ("damaged.leadline", "cut.leadline", "foreign.leadline")
    )
    damaged.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    cut.write_bytes(content[:middle])
    with tarfile.open(foreign, "w") as tar:
        member = tarfile.TarInfo("files/../../escaped")
        tar.addfile(member)

    for archive, words in ((damaged, "damaged"), (cut, "damaged"), (foreign, "no backup of Leadline")):
        refused = leadline("restore", str(archive), data=elsewhere, **PASSPHRASE)
        assert refused.returncode == 1
        assert words in refused.stderr
        assert "Traceback" not in refused.stderr
    wrong = leadline("restore", str(whole), data=elsewhere, LEADLINE_BACKUP_PASSPHRASE="another")
    assert "does not open the keys" in wrong.stderr
    running = leadline("restore", str(whole), **PASSPHRASE)
    assert "Leadline runs here" in running.stderr
    assert not (elsewhere / "postgres").exists()
    assert not (filled.parent / "escaped").exists()


def test_a_filled_installation_is_replaced_only_when_told_and_kept_beside(idle: Path):
    archive = told(leadline("backup", "--json", **PASSPHRASE))["file"]

    refused = leadline("restore", archive, **PASSPHRASE)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr

    done = told(leadline("restore", archive, "--replace", "--json", **PASSPHRASE))

    assert (Path(done["former"]) / "postgres" / "PG_VERSION").exists()


def test_a_dump_goes_into_the_empty_database_of_a_server_and_into_no_other(filled: Path, elsewhere: Path):
    server = Server(filled)
    address = f"postgresql://leadline@/{{}}?host={server.socket}&port=5432"
    archive = told(leadline("backup", "--json", DATABASE_URL=address.format("leadline"), **PASSPHRASE))[
        "file"
    ]
    with server.connect("postgres") as connection:
        connection.execute("CREATE DATABASE another")

    full = leadline("restore", archive, data=elsewhere, DATABASE_URL=address.format("leadline"), **PASSPHRASE)
    assert "is not empty" in full.stderr

    done = told(
        leadline(
            "restore", archive, "--json", data=elsewhere, DATABASE_URL=address.format("another"), **PASSPHRASE
        )
    )
    assert done["rows"] > 100
    assert (elsewhere / "secret-key").read_text() == (filled / "secret-key").read_text()


def test_killed_in_the_middle_nothing_half_is_left(filled: Path, elsewhere: Path):
    kept = filled / "kept"
    with in_the_middle(
        "backup", str(kept), seen=lambda: list(kept.glob(".leadline-*")) if kept.exists() else []
    ) as process:
        process.kill()
    assert not list(kept.glob("*.leadline"))

    archive = told(leadline("backup", str(kept), "--json", **PASSPHRASE))["file"]
    assert not list(kept.glob(".leadline-*")), "what the killed one left is gone"

    environment = {"LEADLINE_DATA": str(elsewhere), **PASSPHRASE}
    stage = elsewhere / "restoring" / "postgres" / "PG_VERSION"
    with in_the_middle("restore", archive, seen=stage.exists, **environment) as process:
        process.kill()
    assert not (elsewhere / "postgres").exists()

    told(leadline("restore", archive, "--json", data=elsewhere, **PASSPHRASE))
    assert not (elsewhere / "restoring").exists()


def test_back_to_the_moment_before_and_after_a_change(
    idle: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("LEADLINE_KEEP_LOG", "1")
    with in_use():
        archive = told(leadline("backup", "--json", **PASSPHRASE))["file"]
        with Server(idle).connect() as connection:
            connection.execute("CREATE TABLE marked AS SELECT 'before' AS what")
            before = moment_of(connection)
            connection.execute("INSERT INTO marked VALUES ('after')")
            after = moment_of(connection)
            connection.execute("INSERT INTO marked VALUES ('much later')")
            connection.execute("SELECT pg_switch_wal()")
    log = ["--log", str(idle / "backups" / "wal"), "--json"]
    asked = {"data": elsewhere, "LEADLINE_KEEP_LOG": "", **PASSPHRASE}

    told(leadline("restore", archive, "--at", before, *log, **asked))
    assert marked(elsewhere) == ["before"]

    told(leadline("restore", archive, "--at", after, "--replace", *log, **asked))
    assert marked(elsewhere) == ["before", "after"]

    told(leadline("restore", archive, "--replace", *log, **asked))
    assert marked(elsewhere) == ["before", "after", "much later"]

    too_late = leadline("restore", archive, "--at", "2999-01-01", "--replace", *log, **asked)
    assert "ends before" in too_late.stderr
    assert marked(elsewhere) == ["before", "after", "much later"]


def test_old_backups_go_and_so_does_the_log_that_only_they_needed(
    idle: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("LEADLINE_KEEP_LOG", "1")
    with in_use():
        for _turn in range(2):
            told(leadline("backup", "--json"))
        last = told(leadline("backup", "--keep", "1", "--json"))

    there = {path.name for path in (idle / "backups").glob("*.leadline")}
    assert there == {Path(last["file"]).name}
    assert len(last["removed"]) == 2
    needed = Path(last["file"]).name.split("-")[-1][:24]
    segments = [path.name for path in (idle / "backups" / "wal").glob("*/*.gz")]
    assert segments
    assert all(name[:24] >= needed for name in segments)


class Writing:
    """How many rows are committed."""

    count = 0


@contextmanager
def writing(data: Path) -> Iterator[Writing]:
    """Somebody who commits one row after the other."""
    so_far, stop = Writing(), threading.Event()
    with Server(data).connect() as connection:
        connection.execute("CREATE TABLE written (number bigint PRIMARY KEY, at timestamptz DEFAULT now())")

        def write() -> None:
            while not stop.is_set():
                connection.execute("INSERT INTO written VALUES (%s)", [so_far.count])
                so_far.count += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            yield so_far
        finally:
            stop.set()
            writer.join()


@contextmanager
def in_the_middle(*words: str, seen, **environment: str) -> Iterator[subprocess.Popen]:
    """A command that has got as far as `seen` says."""
    process = subprocess.Popen(
        [*COMMAND, *words],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        eventually(lambda: seen() or process.poll() is not None)
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def manifest_of(archive: Path) -> dict:
    """What the backup says of itself."""
    with tarfile.open(archive) as tar:
        return json.load(tar.extractfile("manifest.json"))


def moment_of(connection: psycopg.Connection) -> str:
    """A moment that no commit of the test falls on."""
    connection.execute("SELECT pg_sleep(0.05)")
    (now,) = connection.execute("SELECT clock_timestamp()").fetchone()
    connection.execute("SELECT pg_sleep(0.05)")
    return now.astimezone(UTC).isoformat()


def marked(data: Path) -> list[str]:
    """The rows of the marked table."""
    server = Server(data)
    server.start()
    try:
        with server.connect() as connection:
            return [what for (what,) in connection.execute("SELECT what FROM marked")]
    finally:
        server.stop()


def test_months_in_files_are_in_the_backup_and_come_back_after_a_restore(filled: Path, elsewhere: Path):
    then = datetime.now(UTC) - timedelta(days=400)
    month, events = f"{then:%Y-%m}", filled / "old.jsonl"
    lines = [
        {
            "id": f"old-{nth}",
            "kind": "page",
            "time": then.isoformat(),
            "user": {"id": "u-old"},
            "page": "/nets",
        }
        for nth in range(5)
    ]
    events.write_text("\n".join(map(json.dumps, lines)))
    assert told(leadline("events", "load", str(events), "--json"))["accepted"] == 5
    archived = told(leadline("events", "archive", month, "--json"))
    made = told(leadline("backup", str(filled / "kept"), "--json", **PASSPHRASE))

    told(leadline("restore", made["file"], "--json", data=elsewhere, **PASSPHRASE))

    file = elsewhere / Path(archived["file"]).relative_to(filled)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == archived["sha256"]
    back = told(leadline("events", "restore", month, "--json", data=elsewhere))
    assert (back["events"], back["sha256"]) == (archived["events"], archived["sha256"])
    assert archived["events"] >= 5
    again = told(leadline("events", "load", str(events), "--json", data=elsewhere))
    assert (again["accepted"], again["duplicates"]) == (0, 5)
