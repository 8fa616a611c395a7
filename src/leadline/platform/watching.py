"""Who waits for events of the platform of which kinds: apps above say so, and only these are told of.

Most events are heartbeats. Writing each batch into the ledger for nobody would cost more than taking it in.
Payments need no watching: all of them are told (`PaymentsReceived`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection

Wants = Callable[[Collection[str]], Collection[str]]
_watching: list[Wants] = []


def watch(wants: Wants) -> Wants:
    """Ask `wants(kinds)` which kinds of a batch to tell of; asked for each batch, so it must be quick."""
    _watching.append(wants)
    return wants


def watched_among(kinds: Collection[str]) -> set[str]:
    """The kinds of a batch for which somebody waits."""
    return {kind for wants in _watching for kind in wants(kinds)} if kinds else set()
