"""Where the processes of one `leadline serve` count together (see config/watching/metrics.py)."""

import os
import shutil

from leadline.core.postgres.addresses import data_folder

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def count_together() -> None:
    """Give the processes started from here an empty folder of their own for their counts."""
    folder = data_folder() / "metrics" / str(os.getpid())
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    os.environ[FOLDER] = str(folder)
