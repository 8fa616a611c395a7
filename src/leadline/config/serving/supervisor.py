"""Watch over child processes: start them again when they end, stop them together."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType

logger = logging.getLogger("leadline.serving")

# A child that keeps dying is started again more and more slowly.
SHORT_LIFE = 10.0
LONGEST_PAUSE = 30.0
PATIENCE = 20.0
PARENT = "LEADLINE_PARENT"


class Child:
    """One process of ours, run as `python -m module`, with the moment when it may start (again)."""

    def __init__(self, name: str, module: str, arguments: Sequence[str] = (), after: float = 0.0) -> None:
        self.name = name
        self._command = [sys.executable, "-m", module, *arguments]
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = time.monotonic() + after
        self._pause = 0.0

    def keep_running(self) -> None:
        """Start the process if it does not run and its pause is over."""
        if self._process is not None:
            if self._process.poll() is None:
                return
            self._note_end(self._process.returncode)
        if time.monotonic() >= self._started_at:
            self._start()

    def ask_to_stop(self) -> None:
        """Ask the process to finish what it does and end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def make_sure_it_ended(self, until: float) -> None:
        """Wait until a moment of the monotonic clock; then kill the process and its children."""
        if self._process is None:
            return
        try:
            self._process.wait(max(until - time.monotonic(), 0.01))
        except subprocess.TimeoutExpired:
            logger.warning("%s did not end in time and is killed", self.name)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _start(self) -> None:
        self._started_at = time.monotonic()
        # A session of its own: Ctrl-C reaches the supervisor alone, which then stops each in turn.
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, PARENT: str(os.getpid())},
        )

    def _note_end(self, code: int) -> None:
        lived = time.monotonic() - self._started_at
        self._pause = 0.0 if lived > SHORT_LIFE else min(self._pause * 2 or 0.5, LONGEST_PAUSE)
        self._started_at = time.monotonic() + self._pause
        self._process = None
        logger.warning("%s ended (%s); started again in %.1f s", self.name, code, self._pause)


class Supervisor:
    """Keeps children running until SIGTERM, SIGINT or SIGHUP; `each_turn` comes before they are looked at."""

    def __init__(self, children: Sequence[Child], each_turn: Callable[[], object] = lambda: None) -> None:
        self._children = children
        self._each_turn = each_turn
        self._stopping = threading.Event()

    def run(self) -> None:
        """Run until told to stop; when it comes back, every child has ended."""
        for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(name, self._told_to_stop)
        try:
            while not self._stopping.is_set():
                self._turn()
                self._stopping.wait(0.5)
        finally:
            self._stop()

    def _turn(self) -> None:
        try:
            self._each_turn()
        except Exception:
            logger.exception("the database could not be started; trying again")
            return
        for child in self._children:
            child.keep_running()

    def _stop(self) -> None:
        for child in self._children:
            child.ask_to_stop()
        until = time.monotonic() + PATIENCE
        for child in self._children:
            child.make_sure_it_ended(until)

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping.set()
