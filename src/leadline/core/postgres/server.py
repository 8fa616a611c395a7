"""Start, find and stop the embedded server; many may ask at once, one server runs."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from leadline.core.postgres.addresses import DATABASE, OWNER, embedded, socket_folder
from leadline.core.postgres.cluster import Cluster, cluster_folder, prepared
from leadline.core.postgres.errors import ServerError
from leadline.core.postgres.locks import alone, is_free
from leadline.core.postgres.replacing import finish, mark_ready

# Recovery after a crash reads back up to max_wal_size; a slow disk takes its time.
LONGEST_START = 600
LONGEST_STOP = 120
LONGEST_QUIT = 30
# What it says to whom it does not let in. While it recovers it may also just hang up.
_NOT_RECOVERING = ("shutting down", "too many clients", "connection slots")


@dataclass(frozen=True)
class Server:
    """The embedded server of one data folder; `settings` are added to the tuned ones."""

    data: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def start(self) -> bool:
        """Make sure that the server runs and answers; True if it had to be started."""
        self.data.mkdir(parents=True, exist_ok=True)
        with alone(self._lock):
            finish(self.data)
            if self._answers():
                return False
            cluster = prepared(self.data, self.settings)
            _clear_remains(cluster.folder, socket_folder(self.data).resolve())
            _launch(cluster)
            self._make_database()
            return True

    def stop(self) -> None:
        """Stop the server: open transactions are rolled back, what was committed is on disk."""
        with alone(self._lock):
            self._stop()

    def stop_if_unused(self) -> bool:
        """Stop the server unless another process still uses it; True if it was stopped."""
        with alone(self._lock):
            unused = is_free(self.users)
            if unused:
                self._stop()
            return unused

    def put_in_place(self, former: str) -> None:
        """Let what was built in `restoring` take this one's place, which goes to the folder `former`."""
        with alone(self._lock):
            if not is_free(self.users):
                raise ServerError("Leadline was started meanwhile. Stop it, then restore.")
            self._stop()
            mark_ready(self.data, former)
            finish(self.data)

    def pid(self) -> int | None:
        """The server's process, if it runs."""
        process = _postmaster(cluster_folder(self.data))
        return process.pid if process else None

    def remove(self) -> None:
        """Remove the cluster of a server that was stopped; for copies, never for an installation."""
        folder = cluster_folder(self.data)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(self.socket, ignore_errors=True)

    @property
    def socket(self) -> Path:
        """The folder where it listens."""
        return socket_folder(self.data)

    @property
    def users(self) -> Path:
        """The file that each process holds (`together`) while it uses the server."""
        return self.data / "postgres.users"

    @property
    def _lock(self) -> Path:
        return self.data / "postgres.lock"

    def connect(self, database: str = DATABASE) -> psycopg.Connection:
        """A connection outside of any transaction, as the owner."""
        address = embedded(self.data)
        return psycopg.connect(
            host=address["HOST"],
            port=address["PORT"],
            user=OWNER,
            dbname=database,
            autocommit=True,
            connect_timeout=10,
        )

    def _make_database(self) -> None:
        with self.connect("postgres") as connection:
            known = connection.execute("select from pg_database where datname = %s", [DATABASE]).fetchone()
            if known is None:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))

    def _answers(self) -> bool:
        # A server that is starting or recovering is waited for; one that dies meanwhile does not answer.
        until = time.monotonic() + LONGEST_START
        while self.pid() is not None:
            try:
                self.connect("postgres").close()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    log = cluster_folder(self.data) / "log"
                    raise ServerError(f"The database does not answer; see {log}.") from None
                time.sleep(0.1)
            else:
                return True
        return False

    def _stop(self) -> None:
        process = _postmaster(cluster_folder(self.data))
        if process is None:
            return
        # PostgreSQL 18 hangs for good when it is asked to stop while it recovers from a backend that died.
        _waited(lambda: not (_works(process) and self._recovers()), LONGEST_STOP)
        # At once, where that is no help: the next start reads back what was committed.
        for sign, seconds in ((signal.SIGINT, LONGEST_STOP), (signal.SIGQUIT, LONGEST_QUIT)):
            with suppress(psutil.NoSuchProcess):
                process.send_signal(sign)
            if _waited(lambda: not _works(process), seconds):
                return
        raise ServerError(f"The database (process {process.pid}) does not stop; end it yourself.")

    def _recovers(self) -> bool:
        """Whether nobody gets in as it starts or recovers, rather than as it stops already or is full."""
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError as refused:
            return not any(words in str(refused) for words in _NOT_RECOVERING)
        return False


def _waited(is_so: Callable[[], bool], seconds: float) -> bool:
    """Wait until it is so; False when that takes longer."""
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _postmaster(folder: Path) -> psutil.Process | None:
    """The process named in postmaster.pid, if it is this cluster's: the pid may be somebody else's by now."""
    try:
        process = psutil.Process(int((folder / "postmaster.pid").read_text().split("\n", 1)[0]))
        ours = _works(process) and os.path.samefile(process.cwd(), folder)
    except (OSError, ValueError, psutil.Error):
        return None
    return process if ours else None


def _works(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _clear_remains(folder: Path, socket: Path) -> None:
    # PostgreSQL does not start while a pid in its old files is alive, whosever it is by now. The files
    # may go once no process of the old server is left.
    remains = [folder / "postmaster.pid", *socket.glob(".s.PGSQL.*")]
    if not any(file.exists() for file in remains):
        return
    _, alive = psutil.wait_procs(_processes_in(folder), timeout=30)
    if alive:
        raise ServerError(
            f"Processes of an earlier database server are still at work in {folder}: "
            f"{', '.join(str(process.pid) for process in alive)}."
        )
    for file in remains:
        file.unlink(missing_ok=True)


def _processes_in(folder: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["cwd", "name"])
        if process.info["cwd"] == str(folder) and (process.info["name"] or "").startswith("postgres")
    ]


def _launch(cluster: Cluster) -> None:
    # pg_ctl starts the server in a session of its own and leaves: Ctrl-C does not reach it, we get no zombie.
    log = cluster.folder / "start.log"
    log.unlink(missing_ok=True)
    result = cluster.account.run(
        [
            cluster.binaries.program("pg_ctl"), "start", "--silent", "--wait", "-t", str(LONGEST_START),
            "-D", cluster.folder, "-l", log,
        ],
        folder=cluster.folder,
        seconds=LONGEST_START + 60,
    )  # fmt: skip
    if result.returncode:
        said = log.read_text(errors="replace") if log.exists() else ""
        raise ServerError(f"The database did not start:\n{result.stderr.strip()}\n{said[-2000:]}".rstrip())
