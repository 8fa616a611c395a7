"""The cast of the walk, built once for all its tests."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest

from leadline.core.clock import now
from leadline.core.jobs import run_waiting_jobs
from leadline.people.models import Territory, User
from leadline.people.signing.models import Session
from tests.cast import Make, kept_for_many, undone
from tests.routes import planting
from tests.routes.planting import Records
from tests.routes.walking import Walker


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker) -> Iterator[SimpleNamespace]:
    """Everybody, and a customer of Rosa (North), one in Java, one of Otto (South), kept for the module."""
    with kept_for_many(django_db_blocker) as people:
        make, records = Make(people), Records()
        java = Territory.objects.create(name="Java")
        planting.plant(records, make, "team's", people.rosa)
        planting.plant(records, make, "territory's", people.otto, java)
        planting.plant(records, make, "others'", people.otto)
        planting.plant_what_all_share(records, people)
        records.add("territory", "any", java.pk)
        run_waiting_jobs()
        yield SimpleNamespace(people=people, make=make, records=records)


@pytest.fixture
def as_role(place: SimpleNamespace) -> Iterator[Callable[[str], tuple[User, Records]]]:
    """`as_role("auditor")`: somebody who holds it, with records of their own; gone after the test."""
    with undone():
        yield lambda role: _somebody(role, place)


@pytest.fixture(scope="module")
def unconfirmed(place: SimpleNamespace) -> Iterator[tuple[Walker, Records]]:
    """An administrator, with records, who did not prove lately who it is; the same one for the module."""
    with undone():
        user, records = _somebody("administrator", place)
        walker = Walker(user)
        Session.objects.filter(user=user).update(confirmed_at=now() - timedelta(minutes=11))
        yield walker, records


def _somebody(role: str, place: SimpleNamespace) -> tuple[User, Records]:
    user = planting.holder_of(role, place.people)
    records = Records({kind: dict(keys) for kind, keys in place.records.keys.items()})
    planting.plant(records, place.make, "own", user)
    planting.plant_of_somebody(records, "own", user, place.make.by)
    planting.plant_of_somebody(records, "others'", place.people.ada, place.make.by)
    return user, records
