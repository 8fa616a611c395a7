"""Two threads that take turns: one works while the other waits for the database (CUS-19)."""

import sys
import threading

import pytest
from django.db import connection

from leadline.core.turns import Turns, giving_way

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    """Another thread that takes things by turns: what it took, and whether it came to its end."""

    class Other:
        def __init__(self) -> None:
            self.turns = Turns()
            self.took: list[int] = []
            self.took_one = threading.Event()
            self.thread = threading.Thread(target=self._take, daemon=True)
            self.thread.start()

        def _take(self) -> None:
            for thing in self.turns.taken(range(1000)):
                self.took.append(thing)
                self.took_one.set()

    return Other()


def test_the_other_works_only_while_this_one_gives_way(other):
    with other.turns.shared():
        assert other.took == []
        with giving_way():
            assert other.took_one.wait(10)
    other.thread.join(10)
    assert other.took == list(range(1000))


def test_a_statement_gives_way(other):
    with other.turns.shared(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM generate_series(1, 1000000)")
        assert other.took_one.wait(10)


def test_it_ends_with_an_error_as_without_one(other):
    usual = sys.getswitchinterval()
    with pytest.raises(ZeroDivisionError), other.turns.shared():
        1 / (sys.getswitchinterval() >= usual)
    other.thread.join(10)
    assert not other.thread.is_alive()
    assert sys.getswitchinterval() == usual
    with giving_way():  # nobody to give way to
        pass


def test_only_the_thread_that_shares_gives_way(other):
    with other.turns.shared():
        stranger = threading.Thread(target=lambda: giving_way().__enter__())
        stranger.start()
        stranger.join(10)
        assert other.took == []
