"""A listener who takes events in batches is told of each once, however many come (PLT-6)."""

from dataclasses import dataclass

import psycopg
import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from leadline.core.clock import now
from leadline.core.events import Event, EventWaiting, on, publish
from leadline.core.events.telling import tell_waiting, wake_waiting
from leadline.core.jobs.rounds import make_round

TOLD = []


@dataclass(frozen=True)
class StonesThrown(Event):
    """Stones were thrown."""

    stones: int

    wording = "threw %(stones)s stones"


@on(StonesThrown, in_batches=True)
def count_stones(events, *, by):
    """Counts."""
    TOLD.append(events)
    if any(event.stones == 13 for event in events):
        raise ValueError("too many")


@pytest.fixture(autouse=True)
def nothing_told():
    TOLD.clear()


def stones():
    return [[event.stones for event in batch] for batch in TOLD]


def throw(by, cast, *stones):
    for number in stones:
        publish(StonesThrown(number), by=by(cast.rosa, trace="request:7"), about=[cast.rosa])


def test_all_that_wait_are_told_together_and_once(cast, by, settle):
    throw(by, cast, 1, 2, 3)

    settle()
    settle()

    assert stones() == [[1, 2, 3]]
    assert not EventWaiting.objects.exists()


def test_events_know_what_they_are_about_and_what_caused_them(cast, by, settle):
    throw(by, cast, 1)

    settle()

    ((event,),) = TOLD
    assert event.ids_of("user") == [cast.rosa.pk]
    assert (event.trace, event.actor_id) == ("request:7", cast.rosa.pk)


def test_a_batch_that_fails_waits_whole(cast, by):
    throw(by, cast, 1, 13)

    with pytest.raises(ValueError, match="too many"):
        tell_waiting(f"{__name__}.count_stones")

    assert EventWaiting.objects.count() == 2


def test_the_worker_finds_what_waits_without_a_piece_of_work_in_the_queue(cast, by):
    throw(by, cast, *range(5))
    assert not ProcrastinateJob.objects.exists()

    make_round()

    assert stones() == [[0, 1, 2, 3, 4]]
    make_round()
    assert len(TOLD) == 1


@pytest.mark.django_db(transaction=True)
def test_what_failed_is_left_to_the_queue(cast, by):
    throw(by, cast, 13)

    make_round()
    make_round()

    assert len(TOLD) == 1
    assert EventWaiting.objects.count() == 1
    (left,) = ProcrastinateJob.objects.filter(status="todo")
    assert (left.task_name, left.args) == ("core.tell_waiting", {"listener": f"{__name__}.count_stones"})


@pytest.mark.django_db(transaction=True)
def test_a_listener_is_told_of_one_batch_at_a_time(cast, by, database_url):
    throw(by, cast, 1)
    with psycopg.connect(database_url) as another:
        another.execute(
            "SELECT pg_advisory_xact_lock(hashtext('core.tell'), hashtext(%s))", [f"{__name__}.count_stones"]
        )
        make_round()
        assert not TOLD

    make_round()

    assert stones() == [[1]]


def test_what_waits_for_a_listener_that_is_gone_goes(cast, by, settle):
    EventWaiting.objects.create(listener="leadline.gone.listen", event_id=1, at=now())

    wake_waiting()
    settle()

    assert not EventWaiting.objects.exists()
