"""A real IMAP server on the loopback interface, into which letters are put."""

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

USER, PASSWORD = "sales@house.example", "a quiet pass ü"


class ImapServer:
    """Where it listens, and `put(raw)` for letters; `stop()` and `start()` for bad days."""

    def __init__(self, port: int):
        self.port = port
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Listen again; what lay there before is gone, and the numbers of letters are others."""
        account = ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
        command = [
            str(Path(sys.executable).parent / "pymap"),
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen([*command, "--no-tls", *account], **quiet)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            assert self._process.poll() is None, "the IMAP server ended"
        raise AssertionError("the IMAP server does not listen")

    def stop(self) -> None:
        """Nobody answers any more."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def put(self, *letters: bytes, came: str = "") -> None:
        """Letters come in, at a moment as IMAP writes it."""
        with self.signed_in() as imap:
            for raw in letters:
                state, said = imap.append("INBOX", "", f'"{came}"' if came else None, raw)
                assert state == "OK", said

    def cleared(self) -> None:
        """It answers, and nothing lies there."""
        if self._process is None:
            self.start()
        with self.signed_in() as imap:
            _state, (count,) = imap.select("INBOX")
            if count != b"0":
                imap.store("1:*", "+FLAGS.SILENT", "(\\Deleted)")
                imap.expunge()

    def flags(self) -> list[bytes]:
        """What the server tells of the marks of each letter."""
        with self.signed_in() as imap:
            imap.select("INBOX")
            _state, found = imap.fetch("1:*", "(FLAGS)")
            return [each for each in found if isinstance(each, bytes) and b"FLAGS" in each]

    @contextmanager
    def signed_in(self) -> Iterator[imaplib.IMAP4]:
        """Somebody looks into the mailbox."""
        with imaplib.IMAP4("127.0.0.1", self.port) as imap:
            imap.authenticate("PLAIN", lambda _challenge: f"\0{USER}\0{PASSWORD}".encode())
            yield imap


@pytest.fixture(scope="session")
def imap_server() -> Iterator[ImapServer]:
    """One server for all tests of this process: it takes a second to start."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = ImapServer(port)
    yield server
    server.stop()


@pytest.fixture
def imap(settings: Any, imap_server: ImapServer) -> ImapServer:
    """The server of an empty mailbox that Leadline may look into."""
    settings.LEADLINE_PRIVATE_HOSTS = ["127.0.0.0/8"]
    imap_server.cleared()
    return imap_server
