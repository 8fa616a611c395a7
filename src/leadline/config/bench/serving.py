"""The server as it runs: how soon it is there, what a worker weighs, and sixteen clients at once."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from leadline.config.bench.browsing import browser_of
from leadline.config.bench.data import Data
from leadline.config.bench.registry import A_SECOND, MEGABYTES, SECONDS, Goal, Measured, row

CLIENTS = 16
WORKERS = 2
LASTS = 15.0  # seconds
PATIENCE = 60.0


@row("Start to first page on an existing database", Goal(4, SECONDS))
def starting(data: Data) -> dict[str, Measured]:
    """From the command to the first answer of the sign-in page."""
    with serving() as served:
        return {"sign-in page": Measured(served.started_in)}


@row("Memory of a web worker", Goal(150, MEGABYTES))
def memory(data: Data) -> dict[str, Measured]:
    """After some hundred pages; what the process has for itself and what it shares, in proportion."""
    with serving() as served:
        _load(served, data, lasts=5)
        most = max(_proportional(process) for process in served.workers())
        return {"the largest of two": Measured(most)}


@row("16 clients on list and 360° page, 2 workers", Goal(150, A_SECOND, most=False))
def load(data: Data) -> dict[str, Measured]:
    """The clients run on the same machine and take their share of it."""
    with serving() as served:
        _load(served, data, lasts=3)
        answered, failed, seconds = _load(served, data, lasts=LASTS)
        return {"requests": Measured(answered / seconds, note=f"{answered:,} answered, {failed} failed")}


class Served:
    """A server on loopback that was started for this."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, started_in: float):
        self.process, self.port, self.started_in = process, port, started_in

    def workers(self) -> list[psutil.Process]:
        """The web processes, without the queue's."""
        below = psutil.Process(self.process.pid).children(recursive=True)
        return [each for each in below if "serving.queue" not in " ".join(each.cmdline())]


@contextmanager
def serving() -> Iterator[Served]:
    """A server of two web workers on a free port of loopback, ended afterwards."""
    port = _free_port()
    command = [sys.executable, "-m", "leadline.config.cli.main", "serve"]
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--port", str(port), "--workers", str(WORKERS)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LEADLINE_URL": f"http://localhost:{port}"},
        start_new_session=True,
    )
    try:
        _wait_for(port, process)
        yield Served(process, port, time.perf_counter() - start)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if _get(http.client.HTTPConnection("127.0.0.1", port, timeout=10), "/sign-in", {}) in (200, 302):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("The server did not answer.")


def _load(served: Served, data: Data, *, lasts: float) -> tuple[int, int, float]:
    """Answered, failed, seconds."""
    counts = [[0, 0] for _ in range(CLIENTS)]
    users = list(data.people.values())
    until = time.perf_counter() + lasts

    def client(number: int) -> None:
        user = users[number % len(users)]
        headers = {"Cookie": cookie_of(user.pk), "Host": f"localhost:{served.port}"}
        addresses = ["/customers/", *(f"/customers/{pk}/" for pk in data.sample[:3])]
        if user != data.administrator:
            addresses = ["/customers/"]
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        turn = 0
        while time.perf_counter() < until:
            try:
                good = _get(connection, addresses[turn % len(addresses)], headers) == 200
            except OSError:
                good = False
                connection.close()
            counts[number][0 if good else 1] += 1
            turn += 1

    start = time.perf_counter()
    threads = [threading.Thread(target=client, args=[number]) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(good for good, _bad in counts), sum(bad for _good, bad in counts), time.perf_counter() - start


def _get(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> int:
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    return response.status


def cookie_of(user_id: int) -> str:
    return "; ".join(f"{name}={kept.value}" for name, kept in browser_of(user_id).cookies.items())


def _proportional(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss) / 1024 / 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
