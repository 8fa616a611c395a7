"""Several people at the same moment: each in a thread, with a connection and transactions of its own."""

import time
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection


def at_once(*doing: Callable[[], Any]) -> list[Any]:
    """What each gave, or the exception it raised, in the order given; all start together."""
    start = Barrier(len(doing))
    outcomes: list[Any] = [None] * len(doing)

    def run(place: int, do: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=30)
            outcomes[place] = do()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, do)) for place, do in enumerate(doing)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def until_somebody_waits() -> None:
    """Go on when another transaction waits for a row or a table; fails if none does within half a minute."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
                " AND locktype IN ('transactionid', 'tuple', 'relation'))"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits")
