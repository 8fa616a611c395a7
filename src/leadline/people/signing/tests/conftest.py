"""Ways to move in time and to read the ledger."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from leadline.core import clock
from leadline.core.events.models import EventRecord


@pytest.fixture
def later() -> Callable[..., AbstractContextManager[None]]:
    """`with later(minutes=11):` it is that much later."""
    return lambda **span: clock.at(clock.now() + timedelta(**span))


@pytest.fixture
def told(db: None) -> Callable[[], list[str]]:
    """The names of the events in the ledger, oldest first."""
    names = EventRecord.objects.order_by("id").values_list("name", flat=True)
    return lambda: [name.removeprefix("people.") for name in names.all()]
