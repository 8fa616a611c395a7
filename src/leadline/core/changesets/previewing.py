"""What an action would do, by doing it and rolling it back."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

Outcome = TypeVar("Outcome")


def preview(verb: Callable[..., Outcome], *args: Any, **kwargs: Any) -> Outcome:
    """Run an action and roll it back; returns its outcome, which must not be read from the database later.

    Refusals come through: the preview says no just as the action would.
    """
    with transaction.atomic():
        outcome = verb(*args, **kwargs)
        transaction.set_rollback(True)
    return outcome
