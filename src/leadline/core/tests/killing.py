"""A worker for the tests that kill one: `python -m leadline.core.tests.killing [hang]`."""

import os
import signal
import sys
import threading

import django
from django.db import connection

LAST = 30
HALF_WAY = 12


def count_boats(running) -> None:
    """One row per portion; asked to hang, it stands still in the middle of a portion for ever."""
    running.expect(LAST)
    for number in range((running.cursor or 0) + 1, LAST + 1):
        with running.portion(done=1, counts={"told": 1}, cursor=number) as portion:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO told (number) VALUES (%s)", [number])
            portion.append("told.txt", b"%d\n" % number)
            if number == HALF_WAY and "hang" in sys.argv:
                print("half way", flush=True)
                threading.Event().wait()
    running.result("told.txt")


def say(job) -> None:
    """Tell the test that a job ended."""
    print(job.state, flush=True)
    if "once" in sys.argv:
        os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Work as `leadline worker` does."""
    django.setup()
    from leadline.core.jobs import after_job, job
    from leadline.core.jobs.worker import run_worker
    from leadline.core.tests import bells  # noqa: F401, its listener

    job("boats.count")(count_boats)
    after_job(say)
    run_worker()


if __name__ == "__main__":
    main()
