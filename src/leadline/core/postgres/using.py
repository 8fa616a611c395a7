"""Use the database for a while: it is there at the start, and the last one to leave stops it."""

from collections.abc import Iterator
from contextlib import contextmanager

from leadline.core.postgres.addresses import data_folder, is_embedded
from leadline.core.postgres.locks import together
from leadline.core.postgres.server import Server


def ensure_running() -> bool:
    """Start the embedded server if it does not run; with DATABASE_URL there is nothing to start."""
    return is_embedded() and Server(data_folder()).start()


def keep_running() -> bool:
    """Start the embedded server again if its process is gone; costs next to nothing, so ask often."""
    if not is_embedded():
        return False
    server = Server(data_folder())
    return server.pid() is None and server.start()


@contextmanager
def in_use() -> Iterator[None]:
    """Keep the embedded server running for the time of the block; the last one to leave stops it."""
    if not is_embedded():
        yield
        return
    server = Server(data_folder())
    try:
        with together(server.users):
            server.start()
            yield
    finally:
        server.stop_if_unused()
