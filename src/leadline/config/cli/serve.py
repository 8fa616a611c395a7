"""`leadline serve`."""

import logging
import os
import socket
import subprocess
import sys
from typing import Annotated

import typer

from leadline.config.serving.measuring import count_together
from leadline.config.serving.supervisor import Child, Supervisor
from leadline.core.installed import is_current
from leadline.core.logs.form import tell_supervision
from leadline.core.postgres import in_use, keep_running

MOST_WORKERS_BY_DEFAULT = 4
# Seconds that the web server has the cores for itself, so that the first page comes soon.
HEAD_START = 1.5


def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen on; 0.0.0.0 for all networks.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    workers: Annotated[
        int, typer.Option(min=0, max=64, help="Web processes; 0 takes the number of cores, at most 4.")
    ] = 0,
) -> None:
    """Start the database, the web server and a worker, and keep them running until stopped (Ctrl-C).

    Example: leadline serve --host 0.0.0.0 --port 8000 --workers 4
    """
    tell_supervision()
    _require_free(host, port)
    count_together()
    count = workers or min(os.cpu_count() or 1, MOST_WORKERS_BY_DEFAULT)
    web = Child("web", "leadline.config.serving.web", [host, str(port), str(count)])
    queue = Child("worker", "leadline.config.serving.queue", after=HEAD_START)
    with in_use():
        migrate_if_needed()
        logging.info("Leadline on http://%s:%s (Ctrl-C stops it)", _shown(host), port)
        Supervisor([web, queue], each_turn=keep_running).run()


def migrate_if_needed() -> None:
    """Migrate in a process of its own, so that this one stays small; nothing to do costs no time."""
    if not is_current():
        logging.info("Preparing the database …")
        command = [sys.executable, "-m", "leadline.config.cli.main", "migrate"]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            sys.exit("leadline: the database could not be migrated.")


def _require_free(host: str, port: int) -> None:
    # The web workers share the port among themselves, and so would with a stranger: ask before.
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        sys.exit(f"leadline: can't listen on {host}:{port}: {error.strerror}. Choose another with --port.")


def _shown(host: str) -> str:
    return "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host  # noqa: S104 (compared only)
