"""A real mail server on the loopback interface, which keeps what it is given."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Mailbox:
    """What came; `answer` is what the server says to the next letters instead of taking them."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.answer = ""
        self.url = ""
        self._came = threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a letter, or say no."""
        if self.answer:
            return self.answer
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        self._came.set()
        return "250 taken"

    def first(self, *, timeout: float) -> Message:
        """The first letter, when it has come; `timeout` in seconds."""
        assert self._came.wait(timeout), "no letter came"
        return self.letters[0]


@contextmanager
def listening() -> Iterator[Mailbox]:
    """A mailbox at a free port."""
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.url = f"smtp://127.0.0.1:{port}"
    try:
        yield box
    finally:
        controller.stop()


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """The mail server that Leadline sends by."""
    with listening() as box:
        settings.LEADLINE_EMAIL_URL = box.url
        yield box
