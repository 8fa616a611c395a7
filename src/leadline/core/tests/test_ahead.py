"""Statements that are sent before their rows are needed (docs/decisions/0075)."""

import psycopg
import pytest
from django.db import connection
from django.db.utils import DataError, NotSupportedError

from leadline.core.ahead import Ahead, is_sending_ahead, sending_ahead
from leadline.core.planned import planned

pytestmark = pytest.mark.django_db(transaction=True)


def asked(sql: str, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_rows_come_in_whatever_order_they_are_read():
    with sending_ahead():
        first, second = (
            Ahead("SELECT %s::int", [1]),
            Ahead("SELECT generate_series(1, 3000), repeat('x', 99)", []),
        )
        assert is_sending_ahead()
        assert len(second.rows()) == 3000
        assert asked("SELECT 3") == [(3,)]
        assert first.rows() == [(1,)]

    assert not is_sending_ahead()
    assert asked("SELECT 4") == [(4,)]


def test_the_database_is_at_work_before_somebody_reads():
    """Another session sees what the statement does, while nobody has read it."""
    other = connection.copy()
    try:
        with sending_ahead():
            ahead = Ahead("SELECT pg_advisory_lock(1979)", [])
            with other.cursor() as looking:
                assert any(_is_held(looking) for _try in range(10_000))
            assert len(ahead.rows()) == 1
    finally:
        other.close()
        asked("SELECT pg_advisory_unlock_all()")


def _is_held(looking) -> bool:
    looking.execute("SELECT granted FROM pg_locks WHERE locktype = 'advisory' AND objid = 1979")
    return looking.fetchone() == (True,)


def test_outside_it_is_asked_when_it_is_read():
    ahead = Ahead("SELECT %s", ["late"])

    assert ahead.rows() == [("late",)]


def test_through_a_pooler_nothing_is_sent_ahead(monkeypatch):
    monkeypatch.setenv("LEADLINE_DIRECT_DATABASE_URL", "postgresql://db.example/leadline")
    monkeypatch.setenv("DATABASE_URL", "postgresql://pooler.example/leadline")
    with sending_ahead():
        ahead = Ahead("SELECT %s", ["late"])
        assert not is_sending_ahead()
        assert ahead.rows() == [("late",)]


def test_what_nobody_reads_harms_nobody():
    with sending_ahead():
        Ahead("SELECT 1", [])

    assert asked("SELECT 2") == [(2,)]


def test_a_refusal_is_raised_where_the_rows_are_read():
    with sending_ahead():
        ahead = Ahead("SELECT 1 / %s", [0])
        with pytest.raises(DataError):
            ahead.rows()

    assert asked("SELECT 2") == [(2,)]


def test_an_error_of_the_page_leaves_the_connection_usable():
    with pytest.raises(KeyError):
        _page_that_fails()

    assert asked("SELECT 2") == [(2,)]


def _page_that_fails() -> None:
    with sending_ahead():
        Ahead("SELECT 1", [])
        raise KeyError


def test_statements_kept_with_their_plans_are_asked_among_them():
    with sending_ahead():
        ahead = Ahead("SELECT 1", [])
        with planned() as cursor:
            cursor.execute("SELECT %(n)s::int", {"n": 5})
            assert cursor.fetchone() == (5,)
        assert ahead.rows() == [(1,)]


def _boats() -> list[tuple]:
    with sending_ahead():
        return Ahead("SELECT name FROM boat WHERE id = %s", [1], kept=True).rows()


def test_a_plan_that_an_upgrade_outdated_is_refused_once(database_url):
    """Docs/decisions/0036: it is too late to ask again when the answer is read."""
    run("CREATE TABLE boat (id int, name varchar(20)); INSERT INTO boat VALUES (1, 'Kopi')")
    try:
        assert _boats() == _boats() == [("Kopi",)]
        with psycopg.connect(database_url) as upgrade:
            upgrade.execute("ALTER TABLE boat ALTER name TYPE text")

        with pytest.raises(NotSupportedError):
            _boats()
        assert _boats() == [("Kopi",)]
    finally:
        run("DROP TABLE boat")
