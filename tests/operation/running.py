"""Commands and a running installation for the tests of operation, as processes that a person would start."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

PATIENCE = 60
COMMAND = [sys.executable, "-m", "leadline.config.cli.main"]


def leadline(
    *words: str, typed: str = "", data: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as a person would; `data` is another LEADLINE_DATA than the test's own."""
    more = {"LEADLINE_DATA": str(data)} if data else {}
    given = {name: value for name, value in {**os.environ, **more, **environment}.items() if value}
    return subprocess.run(
        [*COMMAND, *words],
        input=typed,
        capture_output=True,
        text=True,
        timeout=PATIENCE * 3,
        check=False,
        env=given,
    )


def told(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The JSON line of a command that must have succeeded."""
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


@contextmanager
def serving() -> Iterator[tuple[psutil.Popen, int]]:
    """A running installation on a free port of the loopback interface; ended with the block."""
    port = free_port()
    supervisor = psutil.Popen(
        [*COMMAND, "serve", "--port", str(port), "--workers", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        eventually(lambda: status_of(port) == 200 and len(supervisor.children(recursive=True)) >= 4)
        yield supervisor, port
    finally:
        if supervisor.is_running():
            family = supervisor.children(recursive=True)
            supervisor.terminate()
            supervisor.wait(PATIENCE)
            psutil.wait_procs(family, timeout=PATIENCE)


def status_of(port: int, path: str = "/healthz") -> int | None:
    """What an address answers, or None while nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def eventually(happened: Callable[[], object]) -> None:
    """Wait for something that another process does; fails when it never comes."""
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
