"""Preparing the next portion while the database writes the present one."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.utils import translation

Piece = TypeVar("Piece")
_END = object()
SWITCH = 0.001  # seconds: the thread that waits for the database gets its turn soon when the answer is there


@contextmanager
def ahead(pieces: Iterable[Piece], depth: int = 2) -> Iterator[Iterator[Piece]]:
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
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    maker.start()
    try:
        yield _taken(ready)
    finally:
        left.set()
        maker.join()
        sys.setswitchinterval(usual)


def _taken(ready: queue.Queue[object]) -> Iterator[Piece]:
    while (piece := ready.get()) is not _END:
        if isinstance(piece, BaseException):
            raise piece
        yield piece  # type: ignore[misc]
