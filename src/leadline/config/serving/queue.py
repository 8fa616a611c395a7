"""The queue's process, `python -m leadline.config.serving.queue`; the supervisor starts it again."""

import importlib
import os

import django

from leadline.config.serving.parent import end_with_parent
from leadline.config.serving.supervisor import PARENT
from leadline.core.loading import nothing_is_garbage
from leadline.core.postgres import go_direct


def main() -> None:
    """Work off jobs until told to stop, or until the database goes away."""
    end_with_parent(int(os.environ[PARENT]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.config.settings")
    go_direct()
    with nothing_is_garbage():
        django.setup()
        worker = importlib.import_module("leadline.core.jobs.worker")
    worker.run_worker()


if __name__ == "__main__":
    main()
