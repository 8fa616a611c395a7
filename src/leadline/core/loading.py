"""Modules are loaded without the garbage collector, which finds nothing among them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_is_garbage() -> Iterator[None]:
    """What is made here stays until the process ends, and the collector never looks through it.

    Loading the framework and all apps makes half a million objects; looking through them again and again
    was a fifth of the time that a command took to start.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
