"""Following the ledger: each event once, none missed, whoever commits first (INT-3)."""

import json
import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection

from leadline.core.events import following
from leadline.core.events.following import Place, Within, follow, newest
from tests.ledger import all_told

pytestmark = pytest.mark.django_db(transaction=True)
WRITE = "INSERT INTO core_event (name, payload, via, trace) VALUES (%s, %s, 'web', '') RETURNING id, at"


@pytest.fixture
def session(database_url: str) -> Any:
    """`session()`: another connection to the same database."""
    opened: list[psycopg.Connection[Any]] = []

    def open_one() -> psycopg.Connection[Any]:
        opened.append(psycopg.connect(database_url))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def write(one: psycopg.Connection[Any], name: str, *subjects: tuple[str, int]) -> None:
    event_id, at = one.execute(WRITE, [name, json.dumps({"count": 1})]).fetchone()  # type: ignore[misc]
    for kind, key in subjects:
        one.execute("INSERT INTO core_event_subject VALUES (%s, %s, %s, %s)", [event_id, at, kind, key])


def here() -> Place:
    all_told()
    return newest()


def names(place: Place | None, **how: Any) -> tuple[list[str], Place]:
    found = follow(place, **{"within": Within(), **how})
    return [event.name for event in found.events], found.next


def test_events_come_once_and_in_pages(session: Callable[[], Any]) -> None:
    start = here()
    with session() as one:
        for number in range(5):
            write(one, f"n{number}")
    all_told()

    first = follow(start, within=Within(), limit=2)
    second = follow(first.next, within=Within(), limit=2)
    third = follow(second.next, within=Within(), limit=2)

    told = [event.name for part in (first, second, third) for event in part.events]
    assert told == ["n0", "n1", "n2", "n3", "n4"]
    assert (first.more, second.more, third.more) == (True, True, False)
    assert names(third.next) == ([], third.next)


def test_what_commits_late_is_not_missed(session: Callable[[], Any]) -> None:
    start = here()
    early, late, between = session(), session(), session()
    write(late, "late")  # has its key, and is not yet committed
    write(early, "early")
    early.commit()

    seen, place = names(start)
    assert seen == []  # "early" stands behind a transaction that still runs

    write(between, "between")
    between.commit()
    late.commit()
    all_told()
    seen, place = names(place)
    assert sorted(seen) == ["between", "early", "late"]
    assert names(place)[0] == []


def test_many_at_once_are_each_read_once(session: Callable[[], Any], database_url: str) -> None:
    start = here()

    def work(number: int) -> None:
        with psycopg.connect(database_url) as one:
            for piece in range(20):
                write(one, f"w{number}.{piece}")
                (one.rollback if piece % 5 == 4 else one.commit)()

    workers = [threading.Thread(target=work, args=[number]) for number in range(6)]
    for worker in workers:
        worker.start()
    told: list[str] = []
    place = start
    while any(worker.is_alive() for worker in workers):
        seen, place = names(place, limit=7)
        told += seen
    all_told()
    while (rest := names(place, limit=7))[0]:
        seen, place = rest
        told += seen

    expected = {f"w{number}.{piece}" for number in range(6) for piece in range(20) if piece % 5 != 4}
    assert sorted(told) == sorted(expected)


def test_subjects_out_of_reach_are_not_told(session: Callable[[], Any]) -> None:
    start = here()
    with session() as one:
        write(one, "mine", ("boat", 1), ("boat", 2))
        write(one, "others", ("boat", 3))
        write(one, "nobody's")
    all_told()

    found = follow(start, within=Within("s.subject_id = ANY(%s)", [[1]]))

    assert [(event.name, [s.id for s in event.subjects], event.count) for event in found.events] == [
        ("mine", [1], 1)
    ]
    assert names(start, names=["others"])[0] == ["others"]


def test_a_set_tells_its_first_subjects_and_their_number(session: Callable[[], Any]) -> None:
    start = here()
    with session() as one:
        write(one, "many", *[("boat", number) for number in range(150)])
    all_told()

    (event,) = follow(start, within=Within()).events

    assert (len(event.subjects), event.count) == (following.SUBJECTS_TOLD, 150)


def test_after_a_move_to_another_cluster_reading_goes_on(session: Callable[[], Any]) -> None:
    with session() as one:
        write(one, "read before")
    place = here()
    with session() as one:
        write(one, "not read yet")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_event SET written_in = '9000000000'")  # as another cluster counted
    elsewhere = Place("another cluster", 9_000_000_000, place.event)

    assert following.count_transactions_anew() >= 2
    with session() as one:
        write(one, "new")
    all_told()

    assert names(elsewhere)[0] == ["not read yet", "new"]
