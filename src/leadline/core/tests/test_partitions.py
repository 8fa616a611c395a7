"""Big tables stand in monthly partitions."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from leadline.core import clock
from leadline.core.history import HistoryEntry
from leadline.core.partitions import ensure_partitions, partitioned_tables


def entry_at(moment: datetime) -> HistoryEntry:
    return HistoryEntry.objects.create(
        at=moment,
        kind="boat",
        record_id=1,
        about_kind="boat",
        about_id=1,
        verb="created",
        via="web",
        trace="",
    )


def partition_of(entry: HistoryEntry) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM core_history WHERE id = %s", [entry.pk])
        return cursor.fetchone()[0]


def test_every_partitioned_table_is_known(db):
    assert {"core_history", "core_event", "core_event_subject"} <= set(partitioned_tables())


def test_this_month_and_the_next_three_are_made_at_installation(db):
    assert partition_of(entry_at(clock.now())) == f"core_history_{clock.now():%Y_%m}"
    assert ensure_partitions(months_ahead=3) == []


def test_rows_of_a_month_without_partition_wait_in_the_rest_and_move(db):
    old = entry_at(datetime(2019, 5, 31, 23, 59, 59, tzinfo=UTC))
    older = entry_at(datetime(2019, 4, 1, tzinfo=UTC))
    ancient = entry_at(datetime(2018, 1, 1, tzinfo=UTC))
    assert partition_of(old) == "core_history_rest"

    ensure_partitions(back_to=date(2019, 4, 15))

    assert partition_of(old) == "core_history_2019_05"
    assert partition_of(older) == "core_history_2019_04"
    assert partition_of(ancient) == "core_history_rest"


def test_a_month_made_later_has_each_index_of_the_table(db):
    """Also one that comes back after years: what a migration indexed anew is found in it as fast (INT-7)."""
    (made,) = (
        name for name in ensure_partitions(back_to=date(2019, 4, 15)) if name.endswith("history_2019_04")
    )

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT parent.relname FROM pg_index own JOIN pg_inherits ON inhrelid = own.indexrelid"
            " JOIN pg_class parent ON parent.oid = inhparent WHERE own.indrelid = %s::regclass",
            [made],
        )
        there = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'core_history'::regclass"
        )
        assert there == {name for (name,) in cursor.fetchall()}

    assert "core_history_belongs" in there
    assert "core_history_about" not in there


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_each_partition_once():
    made: list[list[str]] = []
    failures: list[BaseException] = []

    def make() -> None:
        try:
            made.append(ensure_partitions(back_to=date(clock.now().year - 1, 1, 1)))
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    both = [threading.Thread(target=make) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert failures == []
    assert not set(made[0]) & set(made[1])
    assert f"core_history_{clock.now().year - 1}_01" in made[0] + made[1]
