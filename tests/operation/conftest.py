"""A data folder of its own for each test, whose server is stopped whatever the test did."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadline.core.postgres import Server, in_use
from leadline.core.postgres.locks import alone
from tests.database import FOLDER, new_folder
from tests.operation.running import leadline, told

SMALL = {"shared_buffers": "32MB", "max_connections": "20"}


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """LEADLINE_DATA of this test, on a short path that a service user may pass."""
    folder = new_folder()
    monkeypatch.setenv("LEADLINE_DATA", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield folder
    Server(folder).stop()
    shutil.rmtree(folder)


@pytest.fixture
def server(data: Path) -> Server:
    """A server that takes little memory, not started yet."""
    return Server(data, SMALL)


@pytest.fixture(scope="session")
def company(request: pytest.FixtureRequest) -> Path:
    """An installation with a small company, made once a run and stopped; each test takes a copy."""
    folder = request.config.stash[FOLDER] / "company"
    made = folder.with_name("company-made")
    with alone(folder.with_name("company.lock")):
        if not made.exists():
            folder.mkdir()
            folder.chmod(0o711)
            told(
                leadline("demo", "--size", "40", "--json", data=folder, DATABASE_URL="", LEADLINE_KEEP_LOG="")
            )
            Server(folder).stop()
            # A killed server's writes are the kernel's already: no test cuts the power.
            (folder / "postgres" / "local.conf").write_text("fsync = off\n")
            made.touch()
    return folder


@pytest.fixture
def idle(data: Path, company: Path) -> Path:
    """A copy of the company that nobody uses yet."""
    subprocess.run(["cp", "-a", f"{company}/.", str(data)], check=True)
    return data


@pytest.fixture
def filled(idle: Path) -> Iterator[Path]:
    """A copy of the company at work: its database stays up for the test."""
    with in_use():
        yield idle
