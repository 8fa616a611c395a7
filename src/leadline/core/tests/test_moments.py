"""Moments come out of the database as they went in, whatever zone the session shows them in."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from django.db.utils import DataError
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from leadline.core.moments import MomentLoader


def _asked(sql: str, *params: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


class TestEveryMoment(TestCase):
    """Whatever goes in comes out."""

    @given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC)))
    def test_comes_back(self, moment: datetime) -> None:
        found = _asked("SELECT %s::timestamptz", moment)

        assert found == moment
        assert found.tzinfo is UTC


@pytest.mark.django_db
def test_the_reader_is_ours() -> None:
    found = connection.connection or connection.ensure_connection() or connection.connection
    loader = found.adapters.get_loader(1184, 0)

    assert issubclass(loader, MomentLoader)
    assert not issubclass(loader, BaseTzLoader)


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["infinity", "-infinity", "0044-03-15 12:00:00+00 BC"])
def test_what_python_can_not_hold_is_refused_as_ever(moment: str) -> None:
    with pytest.raises(DataError):
        _asked("SELECT %s::timestamptz", moment)


@pytest.mark.django_db
def test_a_session_in_another_zone_is_read_right() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Jakarta'")

    assert _asked("SELECT '2026-01-01 00:00+00'::timestamptz").astimezone(UTC) == datetime(
        2026, 1, 1, tzinfo=UTC
    )
