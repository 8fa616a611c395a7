"""The application of the journeys: served on the loopback interface, and a worker beside it."""

import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.signals import got_request_exception
from django.core.wsgi import get_wsgi_application
from django.db import connections

BETWEEN_LOOKS = 0.1  # seconds until the worker looks into the queue again
PATIENCE = 30


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """The browser tells what went wrong."""


class Site:
    """A running application: its address, and what went wrong in it since somebody last asked."""

    def __init__(self, address: str):
        self.address = address
        self.faults: list[str] = []

    def take_faults(self) -> list[str]:
        """What went wrong so far, and forget it."""
        taken, self.faults = self.faults, []
        return taken


@contextmanager
def serving() -> Iterator[Site]:
    """Serve the whole application, its static files too, in threads of this process."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet, allow_reuse_address=False)
    server.set_app(get_wsgi_application())
    site = Site(f"http://127.0.0.1:{server.server_port}")

    def note(**_more: Any) -> None:
        site.faults.append(traceback.format_exc())

    got_request_exception.connect(note)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)
        got_request_exception.disconnect(note)


@contextmanager
def working(site: Site, run_waiting_jobs: Callable[[], int]) -> Iterator[None]:
    """Work off what the pages put in the queue, as it comes: pages with progress move by themselves."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(BETWEEN_LOOKS):
            try:
                run_waiting_jobs()
            except Exception:  # whatever a job raises fails the journey
                site.faults.append(traceback.format_exc())
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PATIENCE)
