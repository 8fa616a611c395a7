"""A listener who takes events in batches is told of each once, however many come (PLT-6)."""

from dataclasses import dataclass

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from leadline.core.events import Event, EventWaiting, on, publish
from leadline.core.events.telling import tell_waiting

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


@pytest.mark.django_db(transaction=True)
def test_one_piece_of_work_is_queued_for_many_events(cast, by, settle):
    throw(by, cast, *range(5))

    waiting = ProcrastinateJob.objects.filter(task_name="core.tell_waiting", status="todo")
    assert waiting.count() == 1
    settle()
    assert stones() == [[0, 1, 2, 3, 4]]
