"""What tests of the platform share: events as a platform sends them, and taking them in."""

from datetime import timedelta
from itertools import count

import pytest

from leadline.core.clock import now
from leadline.platform.actions import ingest_events

_numbers = count(1)


def event(kind="seen", user="u-1", *, ago=0.0, email="", **details):
    """An event of a kind, some minutes ago, about a user of the platform."""
    person = {"id": user, **({"email": email} if email else {})}
    at = now() - timedelta(minutes=ago)
    return {"id": f"e-{next(_numbers)}", "kind": kind, "time": at.isoformat(), "user": person, **details}


@pytest.fixture
def told(cast, by):
    """`told(event(…), event(…))`: the platform sends a batch, in the name of the administrator."""
    return lambda *rows: ingest_events(list(rows), by=by(cast.ada, via="api"))
