"""What is told on a record's page is found by two indexes that hold no entry twice (ALL-4, CUS-7)."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadline.core import clock
from leadline.core.history import (
    HistoryEntry,
    history_about,
    history_of,
    told_of_kinds_sql,
    told_of_others,
    told_on,
)
from leadline.core.history.told import told_arms
from leadline.core.tests.plans import harbour_full, indexes_in, plan_of

SAIL = "customfield"  # any other kind that is tracked


def told(kind: str, record: int, about_kind: str, about: int | None, *, days: float = 1) -> HistoryEntry:
    return HistoryEntry.objects.create(
        at=clock.now() - timedelta(days=days), kind=kind, record_id=record, about_kind=about_kind,
        about_id=about, verb="changed", changes={}, via="web", trace="",
    )  # fmt: skip


@pytest.fixture
def all_sorts(db) -> None:
    """An entry of each of two kinds and numbers about each of them, and about no number."""
    for kind, record, about_kind, about in product(("boat", SAIL), (1, 2), ("boat", SAIL), (1, 2, None)):
        told(kind, record, about_kind, about)


@pytest.fixture
def harbour(db) -> None:
    """Boats with some entries of their own and of their sails; boat 7 has a thousand of each."""
    harbour_full("boat", SAIL)


def test_a_page_tells_of_the_record_itself_and_of_what_belongs_to_it_the_newest_first(boat):
    own = told("boat", 5, "boat", 5, days=3)
    sail = told(SAIL, 5, "boat", 5, days=1)  # its number is that of the boat
    old = told(SAIL, 8, "boat", 5, days=500)
    late = told(SAIL, 9, "boat", 5, days=200)
    told(SAIL, 5, SAIL, 5)  # belongs to nobody else
    told("boat", 5, "fleet", 5)  # told where the fleet is
    told("boat", 5, "boat", None)
    told(SAIL, 6, "boat", None)
    told("boat", 6, "boat", 6)

    assert [entry.id for entry in history_about("boat", 5).entries] == [sail.pk, own.pk, late.pk, old.pk]
    assert [entry.kind for entry in history_about(SAIL, 5).entries] == [SAIL]
    assert len(history_of("boat", 5).entries) == 3


def test_pages_end_and_begin_between_entries_of_one_moment_over_years(boat):
    moments = [0.5, 0.5, 0.5, 40, 91, 93, 93, 200, 364, 367, 367, 900]
    made = [
        told(*one, "boat", 5, days=days) for days in moments for one in (("boat", 5), (SAIL, 1), (SAIL, 5))
    ]
    rows = HistoryEntry.objects.filter(about_kind="boat")
    rows.filter(at__gt=clock.now() - timedelta(days=1)).update(at=made[0].at)
    wanted = list(rows.order_by("-at", "-id").values_list("pk", flat=True))
    for limit in (1, 2, 5, 40):
        seen, before = [], None
        while True:
            portion = history_about("boat", 5, before=before, limit=limit)
            seen += [entry.id for entry in portion.entries]
            before = portion.next
            if before is None:
                break
        assert seen == wanted


@pytest.mark.parametrize("ids", [[1], [2], [1, 2], [3], []])
def test_both_arms_find_what_the_columns_say_and_each_entry_once(all_sorts, ids):
    rows = HistoryEntry.objects.all()
    wanted = set(rows.filter(about_kind="boat", about_id__in=ids).values_list("pk", flat=True))

    assert set(rows.filter(told_on("boat", ids)).values_list("pk", flat=True)) == wanted
    arms = [list(rows.extra(where=[arm], params=own)) for arm, own in told_arms(["boat"], ids)]
    assert len(arms[0]) + len(arms[1]) == len(wanted)
    assert set(rows.filter(told_of_others("boat", ids))) == set(arms[1])
    assert all((row.kind, row.record_id) == ("boat", row.about_id) for row in arms[0])


def test_what_is_told_of_kinds_holds_for_all_that_is_told_there(all_sorts):
    for kinds in (["boat"], [SAIL], ["boat", SAIL], []):
        where, params = told_of_kinds_sql(kinds)
        implied = HistoryEntry.objects.extra(where=[where], params=params)
        assert set(HistoryEntry.objects.filter(about_kind__in=kinds)) <= set(implied)


def test_filters_by_what_is_told_ask_both_indexes(harbour):
    for ids in ([9], [9, 11, 13]):
        nodes = plan_of(*HistoryEntry.objects.filter(told_on("boat", ids)).query.sql_with_params())
        assert "BitmapOr" in {node["Node Type"] for node in nodes}
        assert indexes_in(nodes) >= {"core_history_record", "core_history_belongs"}
    others = HistoryEntry.objects.filter(told_of_others("boat", [9, 11]), kind=SAIL)
    assert "core_history_belongs" in indexes_in(plan_of(*others.query.sql_with_params()))


def test_a_page_of_a_record_with_thousands_of_entries_reads_its_newest_and_stops(harbour, boat):
    with CaptureQueriesContext(connection) as asked:
        found = history_about("boat", 7, limit=20)
    (sql,) = (each["sql"] for each in asked if "core_history" in each["sql"])
    nodes = plan_of(sql, analyze=True)

    assert len(found.entries) == 20
    assert {"core_history_record", "core_history_belongs"} <= indexes_in(nodes)
    assert max(node["Actual Rows"] for node in nodes) < 100
