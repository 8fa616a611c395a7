"""Statements that are planned once for a connection (docs/decisions/0036)."""

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadline.core.planned import planned

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = "SELECT name, %(plus)s FROM boat WHERE id = %(id)s"


@pytest.fixture
def _boat():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE boat (id int, name varchar(20)); INSERT INTO boat VALUES (1, 'Kopi')")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE boat")


def kept() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%boat%'")
        return [statement for (statement,) in cursor.fetchall()]


def asked(number: int) -> list[tuple[str, str]]:
    with planned() as cursor:
        cursor.execute(ASKED, {"id": number, "plus": "café %s"})
        return cursor.fetchall()


@pytest.mark.usefixtures("_boat")
def test_one_plan_serves_all_values_and_common_statements_keep_none():
    assert (asked(1), asked(2), asked(1)) == ([("Kopi", "café %s")], [], [("Kopi", "café %s")])
    with connection.cursor() as cursor:
        for _ in range(10):
            cursor.execute("SELECT count(*) FROM boat")

    assert kept() == ["SELECT name, $1 FROM boat WHERE id = $2"]


@pytest.mark.usefixtures("_boat")
def test_it_goes_on_when_an_upgrade_changes_a_column_beside_it(database_url):
    asked(1)
    with psycopg.connect(database_url) as upgrade:
        upgrade.execute("ALTER TABLE boat ALTER name TYPE text")

    assert asked(1) == [("Kopi", "café %s")]
    assert len(kept()) == 1


@pytest.mark.usefixtures("_boat")
def test_it_is_counted_among_the_queries():
    with CaptureQueriesContext(connection) as queries:
        asked(1)

    assert len(queries) == 1
