"""What happens is written in the ledger and told to those who listen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from leadline.core.events import (
    Event,
    EventRecord,
    EventSubject,
    Subject,
    events_about,
    on,
    publish,
    publish_many,
)
from leadline.core.events.documentation import events_page
from leadline.core.events.event import _classes, event_classes
from leadline.core.events.listening import _discover, _listeners
from leadline.core.jobs import run_waiting_jobs


@dataclass(frozen=True)
class BoatSold(Event):
    """A boat found a new owner."""

    wording = "Sold for %(price)s"

    boat_id: int
    price: Decimal
    sold_on: date | None = None
    stages: tuple[int, ...] = ()


@dataclass(frozen=True)
class BoatsPainted(Event):
    """Boats were painted."""

    wording = "Painted"

    at: datetime | None = None


for made_up in (BoatSold, BoatsPainted):
    _classes.pop(made_up.name())  # the tests' own events are no part of the house

swan, dock = Subject("boat", 1), Subject("dock", 7)


@pytest.fixture
def told(monkeypatch):
    """What a listener to both events was told."""
    monkeypatch.setitem(_classes, BoatSold.name(), BoatSold)
    monkeypatch.setitem(_classes, BoatsPainted.name(), BoatsPainted)
    heard = []

    def remember(event, *, by):
        heard.append((event, by))

    _discover()  # else the house's own listeners, found meanwhile, would be forgotten with these
    before = dict(_listeners)
    remember.__qualname__ = "sold"
    on(BoatSold)(remember)
    remember.__qualname__ = "painted"
    on(BoatsPainted)(remember)
    yield heard
    _listeners.clear()
    _listeners.update(before)


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'core.tell'")
        return cursor.fetchone()[0]


def test_an_event_is_told_once_with_its_subjects_as_the_house(told, by_rosa):
    sold = BoatSold(boat_id=1, price=Decimal("10.50"), sold_on=date(2026, 3, 4))
    key = publish(sold, by=by_rosa, about=[swan, dock, swan])
    assert told == []

    run_waiting_jobs()

    ((event, by),) = told
    assert event == sold
    assert event.about == (swan, dock)
    assert (by.user.is_system, by.trace) == (True, f"event:{key}")
    record = EventRecord.objects.get(pk=key)
    assert (record.actor_id, record.via, record.name) == (by_rosa.user.pk, "web", "core.BoatSold")


def test_a_set_is_one_event_with_one_job_per_listener(told, by_rosa):
    publish_many(BoatsPainted, [3, 1, 2, 3], kind="boat", by=by_rosa)

    assert waiting() == 1
    assert EventRecord.objects.count() == 1
    assert EventSubject.objects.count() == 3
    run_waiting_jobs()
    assert told[0][0].ids_of("boat") == [1, 2, 3]


def test_nothing_is_published_about_nobody(told, by_rosa):
    assert publish_many(BoatsPainted, [], kind="boat", by=by_rosa) is None
    assert EventRecord.objects.count() == 0


def test_what_is_rolled_back_is_not_told(told, by_rosa):
    with transaction.atomic():
        publish(BoatsPainted(), by=by_rosa, about=[swan])
        transaction.set_rollback(True)

    assert waiting() == 0
    assert EventRecord.objects.count() == 0


def test_a_listener_that_fails_leaves_nothing_and_may_be_told_again(told, by_rosa, otto):
    def rename_then_fail(event, *, by):
        type(otto).objects.filter(pk=otto.pk).update(name="Half done")
        raise ValueError

    on(BoatsPainted)(rename_then_fail)
    publish(BoatsPainted(), by=by_rosa, about=[swan])

    with pytest.raises(ValueError):  # noqa: PT011
        run_waiting_jobs()

    otto.refresh_from_db()
    assert otto.name == "Otto"


def test_names_and_texts_stay_out_of_the_ledger(db, by_rosa):
    with pytest.raises(ValueError, match="no text"):
        BoatSold(boat_id="Rosa's boat", price=Decimal(1)).payload()  # type: ignore[arg-type]


def test_what_happened_to_a_thing_is_read_newest_first_by_key(told, by_rosa):
    keys = [
        publish(BoatSold(boat_id=1, price=Decimal(price)), by=by_rosa, about=[swan]) for price in (1, 2, 3)
    ]
    publish(BoatsPainted(), by=by_rosa, about=[dock])

    first = events_about(swan, limit=2)
    rest = events_about(swan, after=(first[-1].at, first[-1].id))

    assert [event.id for event in first + rest] == keys[::-1]
    assert first[0].sentence == "Sold for 3"


def test_an_event_of_earlier_days_without_a_later_field_is_read(told):
    assert BoatSold.of_payload({"boat_id": 1, "price": "2.50", "gone": 3}) == BoatSold(1, Decimal("2.50"))


@given(
    st.builds(
        BoatSold,
        boat_id=st.integers(),
        price=st.decimals(allow_nan=False, allow_infinity=False),
        sold_on=st.none() | st.dates(),
        stages=st.lists(st.integers()).map(tuple),
    )
)
def test_every_event_is_read_as_it_was_written(event):
    assert BoatSold.of_payload(event.payload()) == event


def test_a_listener_to_all_events_hears_those_it_wants(told, by_rosa):
    heard = []

    def any_painting(event, *, by):
        heard.append((event.name(), event.key))

    on(Event, wanted=lambda name: name.endswith("Painted"))(any_painting)
    publish(BoatSold(boat_id=1, price=Decimal(1)), by=by_rosa, about=[swan])
    key = publish(BoatsPainted(), by=by_rosa, about=[swan])
    run_waiting_jobs()

    assert heard == [(BoatsPainted.name(), (key, EventRecord.objects.get(pk=key).at))]


def test_moments_keep_their_zone():
    painted = BoatsPainted(at=datetime(2026, 3, 4, 5, 6, tzinfo=UTC))
    assert BoatsPainted.of_payload(painted.payload()) == painted


def test_every_event_of_the_house_says_what_happened_in_words(db):
    events_page()  # finds the events of all apps
    for found in event_classes().values():
        assert str(found.wording), found.name()
        assert found.__doc__, found.name()


def test_the_documentation_of_events_is_what_the_code_says(db):
    written = Path(settings.PACKAGE).parents[1] / "docs" / "events.md"
    assert written.read_text() == events_page(), "write it anew with `leadline docs events`"
