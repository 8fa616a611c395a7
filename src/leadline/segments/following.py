"""Keeping members up to date in the background, step by step, each in a transaction of its own (CUS-17)."""

from leadline.core.actions import Actor
from leadline.core.settling import settled_up_to
from leadline.segments.actions import evaluate_due, follow_entries
from leadline.segments.actions.evaluating import waiting_keys
from leadline.segments.evaluating.asking import AT_ONCE

HISTORY = "core_history"


def follow(*, by: Actor, patience: float = 5.0) -> int:
    """Follow the history as far as it is settled; returns how many entries were followed.

    Where somebody writes for longer than `patience` seconds, that is next time: nothing is passed over.
    """
    followed = 0
    settled = settled_up_to(HISTORY, patience=patience)
    while settled is not None:
        entries = follow_entries(settled=settled, by=by)
        if not entries:
            break
        followed += entries
    return followed


def look_at_due(*, moving: bool = False, every: bool = False, by: Actor) -> None:
    """Look as a whole at the segments that wait for it, some at a time: picking waits for no more than those.

    Also at those that move with time, or at every one.
    """
    keys = waiting_keys(moving=moving, every=every)
    for start in range(0, len(keys), AT_ONCE):
        evaluate_due(moving=moving, every=every, among=keys[start : start + AT_ONCE], by=by)


def catch_up(*, by: Actor, patience: float = 5.0) -> None:
    """Follow the history, then look as a whole at the segments that wait for it."""
    follow(by=by, patience=patience)
    look_at_due(by=by)
