"""Preparing the next portion while the database writes the present one."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.utils import translation

from leadline.core.turns import Turns

Piece = TypeVar("Piece")
_END = object()


@contextmanager
def ahead(pieces: Iterable[Piece], turns: Turns, depth: int = 1) -> Iterator[Iterator[Piece]]:
    """The same pieces in the same order, made in a thread, at most `depth` of them before they are wanted.

    What is raised there is raised here. The pieces must not need the database: its connection is this
    thread's. They are made by `turns`, while this thread waits.
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
        with turns.shared():
            yield _taken(ready, turns)
    finally:
        left.set()
        maker.join()


def _taken(ready: queue.Queue[object], turns: Turns) -> Iterator[Piece]:
    while True:
        with turns.given():
            piece = ready.get()
        if piece is _END:
            return
        if isinstance(piece, BaseException):
            raise piece
        yield piece  # type: ignore[misc]
