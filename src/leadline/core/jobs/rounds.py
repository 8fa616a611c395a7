"""What the worker looks after several times a second, beside its queue: a look costs no piece of work."""

from collections.abc import Callable

Look = Callable[[], None]
PAUSE = 0.2  # seconds between two rounds
_looks: list[Look] = []


def each_round(look: Look) -> Look:
    """Let the worker call a function in each round; it must be quick where there is nothing to do.

    What it raises stops the worker, which starts again when the database was the reason.
    """
    _looks.append(look)
    return look


def make_round() -> None:
    """Look after everything once."""
    for look in _looks:
        look()
