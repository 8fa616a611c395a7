"""Packing the pieces of a base, on two cores while the next are read; a dump is packed by pg_dump itself."""

import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

AHEAD = 3
_QUICKLY = 1


def packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Each piece packed by itself, in order; a few are held at a time."""
    waiting: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(2) as packers:
        for piece in pieces:
            waiting.append(packers.submit(zlib.compress, piece, _QUICKLY))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def unpacked(piece: bytes) -> bytes:
    """A piece as it was."""
    return zlib.decompress(piece)
