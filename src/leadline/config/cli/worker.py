"""`leadline worker`."""

from leadline.config.cli.serve import migrate_if_needed
from leadline.config.serving.supervisor import Child, Supervisor
from leadline.core.logs.form import tell_supervision
from leadline.core.postgres import in_use, keep_running

QUEUE = "leadline.config.serving.queue"


def worker() -> None:
    """Work off background jobs until stopped; for installations with web and workers on several machines.

    Example: DATABASE_URL=postgresql://leadline@db/leadline leadline worker
    """
    tell_supervision()
    with in_use():
        migrate_if_needed()
        Supervisor([Child("worker", QUEUE)], each_turn=keep_running).run()
