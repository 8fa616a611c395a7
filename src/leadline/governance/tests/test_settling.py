"""Ids come to light out of order: nothing may appear below what is sealed (PPL-7)."""

import psycopg
import pytest
from django.db import connection

from leadline.core.actions import Actor
from leadline.core.history import HistoryEntry
from leadline.governance.actions import seal_stretch
from leadline.governance.actions.sealing import MOST
from leadline.governance.chain.ledgers import HISTORY
from leadline.governance.queries.seals import sealed_up_to
from leadline.governance.sealing import seal_all
from leadline.governance.verifying import verify
from leadline.people.models import User

WRITE = (
    "INSERT INTO core_history (kind, record_id, about_kind, about_id, verb, via, trace)"
    " VALUES ('customer', 1, 'customer', 1, 'removed', 'web', '') RETURNING id"
)


@pytest.fixture
def other(transactional_db):
    """Another connection to the same database."""
    of = connection.get_connection_params()
    with psycopg.connect(
        host=of["host"], port=of["port"], user=of["user"], password=of.get("password"), dbname=of["dbname"]
    ) as opened:
        yield opened


def test_an_entry_that_is_not_committed_yet_holds_the_seal_back(other):
    by = Actor(User.objects.house(), via="job")
    (early,) = other.execute(WRITE).fetchone()
    with connection.cursor() as cursor:
        cursor.execute(WRITE)
        (late,) = cursor.fetchone()

    seal_all(by=by, patience=0.2)
    assert sealed_up_to(HISTORY) < early < late

    other.commit()
    seal_all(by=by, patience=5)
    assert sealed_up_to(HISTORY) >= late
    report = verify()
    assert report.ok, report.broken
    assert report.unsealed == 0
    assert HistoryEntry.objects.filter(pk__in=[early, late]).count() == 2


def test_somebody_who_only_reads_holds_nothing_back(other):
    other.execute("SELECT count(*) FROM core_history")

    seal_all(by=Actor(User.objects.house(), via="job"), patience=0.2)

    assert sealed_up_to(HISTORY) == HISTORY.highest_id()


def test_ids_that_were_taken_back_leave_a_gap_that_sealing_passes(db):
    by = Actor(User.objects.house(), via="job")
    seal_all(by=by)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('core_history', 'id'), %s)",
            [HISTORY.highest_id() + 2 * MOST],
        )
        cursor.execute(WRITE)
        (late,) = cursor.fetchone()

    assert seal_stretch(HISTORY, settled=late, by=by) == 0

    assert sealed_up_to(HISTORY) == late
    assert seal_stretch(HISTORY, settled=late + MOST, by=by) == 0
    assert verify().ok
