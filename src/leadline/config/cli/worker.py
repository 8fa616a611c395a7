"""`leadline worker`."""

import logging

from leadline.config.cli.serve import migrate_if_needed
from leadline.config.serving.supervisor import Child, Supervisor
from leadline.core.postgres import in_use, keep_running

QUEUE = "leadline.config.serving.queue"


def worker() -> None:
    """Work off background jobs until stopped; for installations with web and workers on several machines.

    Example: DATABASE_URL=postgresql://leadline@db/leadline leadline worker
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with in_use():
        migrate_if_needed()
        Supervisor([Child("worker", QUEUE)], each_turn=keep_running).run()
