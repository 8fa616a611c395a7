"""Preparing the next portion while the database writes the present one."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.utils import translation

Piece = TypeVar("Piece")
_END = object()
FEW = 4  # pieces between two moments
MOMENT = 50e-6  # seconds


@contextmanager
def ahead(pieces: Iterable[Piece], depth: int = 1) -> Iterator[Iterator[Piece]]:
    """The same pieces in the same order, made in a thread, at most `depth` of them before they are wanted.

    What is raised there is raised here. The pieces must not need the database: its connection is this
    thread's.
    """
    ready: queue.Queue[object] = queue.Queue(depth)
    left = threading.Event()
    language = translation.get_language()

    def offer(piece: object) -> bool:
        while not left.is_set():
            try:
                ready.put(piece, timeout=0.2)
                return True
            except queue.Full:
                continue
        return False

    def make() -> None:
        try:
            with translation.override(language):
                for piece in pieces:
                    if not offer(piece):
                        return
            offer(_END)
        except BaseException as error:  # handed over, and raised where the pieces are taken
            offer(error)

    maker = threading.Thread(target=make, name="imports-ahead", daemon=True)
    maker.start()
    try:
        yield _taken(ready)
    finally:
        left.set()
        maker.join()


def _taken(ready: queue.Queue[object]) -> Iterator[Piece]:
    while (piece := ready.get()) is not _END:
        if isinstance(piece, BaseException):
            raise piece
        yield piece  # type: ignore[misc]


def politely(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same pieces, with a moment for the other thread every few of them.

    The interpreter serves one thread at a time and takes milliseconds to change by itself: so who waited for
    the database goes on at once when the answer is there, and is hardly held up later.
    """
    for number, piece in enumerate(pieces):
        if not number % FEW:
            time.sleep(MOMENT)
        yield piece
