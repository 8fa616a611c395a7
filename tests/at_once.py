"""Several people at the same moment: each in a thread, with a connection and transactions of its own."""

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
