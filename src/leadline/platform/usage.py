"""Keeping usage up to date in the background, step by step, each in a transaction of its own (PLT-7)."""

from __future__ import annotations

from leadline.core.actions import Actor
from leadline.platform.actions import count_next, fold_usage, measure_next, tally_use
from leadline.platform.models import UsageDue, UsagePlace


def catch_up(*, by: Actor) -> None:
    """Count what events left to be counted, then go on with passes that are due."""
    while fold_usage(by=by):
        continue
    while count_next(by=by):
        continue
    while measure_next(by=by):
        continue


def bring_up_to_date(*, by: Actor) -> None:
    """The same, and the tally over all customers after it."""
    catch_up(by=by)
    tally_use(by=by)


def is_counted() -> bool:
    """Whether nothing waits to be counted: no batch, and no pass over all."""
    is_due = UsagePlace.objects.exclude(is_due=False, is_measuring=False).exists()
    return not is_due and not UsageDue.objects.exists()
