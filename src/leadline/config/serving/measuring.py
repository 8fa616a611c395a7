"""Where the processes of one `leadline serve` count together (see config/watching/metrics.py)."""

import os
import shutil
import socket

import psutil

from leadline.core.postgres.addresses import data_folder

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def count_together() -> None:
    """Give the processes started from here an empty folder of their own for their counts.

    Machines may share a data folder: only what a dead process of this one left is removed.
    """
    folder, here = data_folder() / "metrics", f"{socket.gethostname()}-"
    for left in folder.glob(f"{here}*"):
        pid = left.name.removeprefix(here)
        if pid.isdigit() and (int(pid) == os.getpid() or not psutil.pid_exists(int(pid))):
            shutil.rmtree(left, ignore_errors=True)
    own = folder / f"{here}{os.getpid()}"
    own.mkdir(parents=True, mode=0o700)
    os.environ[FOLDER] = str(own)
