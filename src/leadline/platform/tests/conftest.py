"""What tests of the platform share: events as a platform sends them, and taking them in."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from leadline.core.clock import at, now
from leadline.platform.actions import ingest_events
from leadline.platform.models import archive_folder

_numbers = count(1)
MAY = date(2030, 5, 1)
NOW = datetime(2031, 2, 15, 9, 30, tzinfo=UTC)
STRANGE = 'a "quoted", \\ strange\ttext; é 漢字 {"not": "json"}'


def event(kind="seen", user="u-1", *, ago=0.0, email="", **details):
    """An event of a kind, some minutes ago, about a user of the platform."""
    person = {"id": user, **({"email": email} if email else {})}
    moment = now() - timedelta(minutes=ago)
    return {"id": f"e-{next(_numbers)}", "kind": kind, "time": moment.isoformat(), "user": person, **details}


@pytest.fixture
def told(cast, by):
    """`told(event(…), event(…))`: the platform sends a batch, in the name of the administrator."""
    return lambda *rows: ingest_events(list(rows), by=by(cast.ada, via="api"))


@pytest.fixture
def in_february(settings, tmp_path):
    """It is February 2031, and files are kept elsewhere."""
    settings.LEADLINE_DATA = tmp_path / "data"
    with at(NOW):
        yield


def on(day, kind="seen", user="u-1", month=5, **details):
    """An event of a day of May, at noon."""
    moment = datetime(2030, month, day, 12, 0, 0, 123456, tzinfo=UTC)
    return {**event(kind, user, **details), "time": moment.isoformat()}


@pytest.fixture
def may_passed(told):
    """A month with three users, one of June beside it."""
    taken = told(
        on(3, "logged_in", email="ana@example.com"),
        on(3, "page", page="/nets", note=STRANGE),
        on(4, "search", "u-2", query=STRANGE, results=3),
        on(9, "deposit", "u-3", amount="25.50", currency="EUR", method="card"),
        on(1, "page", "u-2", month=6, page="/after"),
    )
    assert (taken.accepted, taken.refused) == (5, [])


def files():
    """The names of what lies in the folder of archived months."""
    return sorted(path.name for path in archive_folder().glob("*"))
