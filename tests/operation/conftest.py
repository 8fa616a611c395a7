"""A data folder of its own for each test, whose server is stopped whatever the test did."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadline.core.postgres import Server

SMALL = {"shared_buffers": "32MB", "max_connections": "20"}


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """LEADLINE_DATA of this test, on a short path that a service user may pass."""
    folder = Path(tempfile.mkdtemp(prefix="leadline-data-", dir="/tmp"))
    folder.chmod(0o711)
    monkeypatch.setenv("LEADLINE_DATA", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield folder
    Server(folder).stop()
    shutil.rmtree(folder)


@pytest.fixture
def server(data: Path) -> Server:
    """A server that takes little memory, not started yet."""
    return Server(data, SMALL)
