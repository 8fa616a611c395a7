"""The web server's process, `python -m leadline.config.serving.web HOST PORT WORKERS`."""

import importlib
import os
import sys
from collections.abc import Callable
from typing import Any

from granian.constants import HTTPModes, Interfaces, RuntimeModes
from granian.log import LogLevels
from granian.server import Server

from leadline.config.serving.parent import end_with_parent
from leadline.config.serving.supervisor import PARENT

APPLICATION = "leadline.config.wsgi"
# Threads wait for the database while others compute; each keeps one connection.
THREADS = 4


def load_application() -> Callable[..., Any]:
    """The application, loaded in the worker process, after the fork: no connection is shared."""
    end_with_parent()
    return importlib.import_module(APPLICATION).application


def main(host: str, port: str, workers: str) -> None:
    """Serve until told to stop; dead workers are replaced."""
    end_with_parent(int(os.environ[PARENT]))
    server = Server(
        APPLICATION,
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        runtime_mode=RuntimeModes.st,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    server.serve(target_loader=load_application, wrap_loader=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
