"""The database of the tests: a real PostgreSQL, migrated once, one copy for each process of the run.

By default our embedded server in a temporary folder, without fsync, in memory where there is room.
LEADLINE_TEST_POSTGRES=debian takes the distribution's programs instead; LEADLINE_TEST_POSTGRES=postgresql://…
a server that runs already.

What the migrations make is kept in pytest's own cache until one of them changes: the next run takes seconds
instead of half a minute to begin. `pytest --cache-clear` forgets it.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import django
import psutil
import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django import DjangoDbBlocker

from leadline.core.postgres import Server, ServerError
from leadline.core.postgres.addresses import embedded, parse_url
from leadline.core.postgres.binaries import find_binaries
from leadline.core.postgres.locks import alone

PREFIX = "leadline-tests-"
# A database is some thousand files, made and removed again for each test that commits. On some disks that
# takes longer than the test (ext4 without a journal looks past every file that was just removed).
IN_MEMORY, ON_DISK = Path("/dev/shm"), Path("/tmp")
ROOM = 4 * 1024**3
FASTER = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_wal_size": "512MB",
}
FOLDER = pytest.StashKey[Path]()
MIGRATIONS = Path(__file__).parent.parent / "src" / "leadline"


def pytest_configure(config: pytest.Config) -> None:
    """One folder a run, which the processes of the run share."""
    given = getattr(config, "workerinput", None)
    if given:
        config.stash[FOLDER] = Path(given["leadline_folder"])
        return
    _clear_after_the_dead()
    config.stash[FOLDER] = new_folder()


def pytest_configure_node(node) -> None:
    """Tell each process of pytest-xdist where the folder is."""
    node.workerinput["leadline_folder"] = str(node.config.stash[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and leave nothing behind."""
    if not hasattr(config, "workerinput") and FOLDER in config.stash:
        _remove(config.stash[FOLDER])


def new_folder() -> Path:
    """A folder for a database, on a short path that a service user may pass: root's server belongs to one."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=_where()))
    folder.chmod(0o711)
    return folder


@cache
def _where() -> Path:
    try:
        memory = os.statvfs(IN_MEMORY)
    except OSError:
        return ON_DISK
    roomy = memory.f_bavail * memory.f_frsize >= ROOM and os.access(IN_MEMORY, os.W_OK)
    return IN_MEMORY if roomy and not memory.f_flag & os.ST_NOEXEC else ON_DISK


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[dict]:
    """The address of the run's server, as settings of Django's database."""
    chosen = os.environ.get("LEADLINE_TEST_POSTGRES", "")
    if "://" in chosen:
        yield parse_url(chosen)
        return
    folder = request.config.stash[FOLDER]
    if chosen == "debian":
        os.environ["LEADLINE_POSTGRES_BIN"] = str(_distribution())
    Server(folder, FASTER).start()
    yield embedded(folder)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, postgres: dict, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A copy of the migrated template for this process; a test that commits gets a new one."""
    # Not before a test asks for it: tests without a database need no app to be loaded.
    from leadline.config.installing import install

    folder = request.config.stash[FOLDER]
    template = f"leadline_template_{folder.name.rsplit('-', 1)[1]}"
    own = f"{template}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"

    def renew(*_: object) -> None:
        _close()
        with alone(folder / "copying.lock"):
            _drop(postgres, own)
            _administer(postgres, "create database {} template {} strategy file_copy", own, template)

    with django_db_blocker.unblock():
        with alone(folder / "template.lock"):
            if not (folder / "template-made").exists():
                _drop(postgres, template)
                _administer(postgres, "create database {} encoding 'UTF8' template template0", template)
                _point_to(postgres, template)
                _migrate(request.config)
                install()
                _close()
                (folder / "template-made").touch()
        _point_to(postgres, own)
        renew()
    with _renewed_after_commits(renew):
        yield
    with django_db_blocker.unblock():
        _close()
        _drop(postgres, own)


@pytest.fixture(scope="session")
def database_url(django_db_setup: None) -> str:
    """The address of this process's database, for commands that a test starts."""
    of = connections["default"].settings_dict
    return f"postgresql://{of['USER']}:{of['PASSWORD']}@/{of['NAME']}?host={of['HOST']}&port={of['PORT']}"


@contextmanager
def _renewed_after_commits(renew: Callable[[object], None]) -> Iterator[None]:
    # Django would empty every table and so lose what migrations put there: roles, the house, partitions.
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = renew
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = flush


def _migrate(config: pytest.Config) -> None:
    """Migrate the database, or bring back what the same migrations made in a run before."""
    if "://" in os.environ.get("LEADLINE_TEST_POSTGRES", "") or not hasattr(config, "cache"):
        return
    programs = find_binaries()
    kept = config.cache.mkdir("leadline") / f"{_digest_of_migrations()}-{programs.major}.dump"
    if kept.exists():
        _program(programs.program("pg_restore"), "--no-owner", kept)
        return
    call_command("migrate", interactive=False, verbosity=0)
    for old in kept.parent.glob(f"*-{programs.major}.dump"):
        old.unlink()
    _program(programs.program("pg_dump"), "-Fc", "-Z", "1", "-f", kept.with_suffix(".new"))
    kept.with_suffix(".new").rename(kept)


def _digest_of_migrations() -> str:
    """Of all migrations, and of what they were run by."""
    digest = hashlib.sha256(django.__version__.encode())
    for path in sorted(MIGRATIONS.glob("*/migrations/*.py")):
        digest.update(f"{path.relative_to(MIGRATIONS)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def _program(program: Path, *words: str | Path) -> None:
    address = connections["default"].settings_dict
    server = ("-h", address["HOST"], "-p", str(address["PORT"] or 5432), "-U", address["USER"])
    _close()
    subprocess.run(
        [program, *server, "-d", address["NAME"], *words],
        check=True,
        env={**os.environ, "PGPASSWORD": address["PASSWORD"] or ""},
    )


def _point_to(postgres: dict, name: str) -> None:
    _close()
    address = connections["default"].settings_dict
    options = {**address["OPTIONS"], **postgres.get("OPTIONS", {})}
    address.update({**postgres, "NAME": name, "OPTIONS": options})
    os.environ["DATABASE_URL"] = (
        f"postgresql://{address['USER']}:{address['PASSWORD']}@/{name}"
        f"?host={address['HOST']}&port={address['PORT']}"
    )


def _close() -> None:
    connections["default"].close()
    if connections["default"].settings_dict.get("OPTIONS", {}).get("pool"):
        connections["default"].close_pool()


def _drop(postgres: dict, name: str) -> None:
    _administer(postgres, "drop database if exists {} with (force)", name)


def _administer(postgres: dict, statement: str, *names: str) -> None:
    with psycopg.connect(
        host=postgres["HOST"],
        port=postgres["PORT"] or None,
        user=postgres["USER"] or None,
        password=postgres["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    ) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _distribution() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise ServerError(
            "LEADLINE_TEST_POSTGRES=debian needs the package postgresql: apt-get install postgresql"
        )
    return found[-1].parent


def _clear_after_the_dead() -> None:
    for folder in (*IN_MEMORY.glob(f"{PREFIX}*"), *ON_DISK.glob(f"{PREFIX}*")):
        pid = folder.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            _remove(folder)


def _remove(folder: Path) -> None:
    Server(folder).stop()
    shutil.rmtree(folder, ignore_errors=True)
