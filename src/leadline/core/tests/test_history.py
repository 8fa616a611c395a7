"""Every change of a tracked record is kept (ALL-4)."""

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core import clock, history
from leadline.core.actions import Actor, acting
from leadline.core.history import HistoryEntry, changes_since, history_about, history_of
from leadline.core.tests.boats import fleet


def entries(record) -> list[HistoryEntry]:
    return list(HistoryEntry.objects.filter(kind="boat", record_id=record.pk).order_by("id"))


def test_a_new_record_is_told_without_its_values(boat, by_rosa):
    with transaction.atomic(), acting(by_rosa):
        record = boat.objects.create(name="Swan")

    (entry,) = entries(record)
    assert (entry.verb, entry.changes, entry.actor_id, entry.via) == ("created", None, by_rosa.user.pk, "web")


def test_a_change_is_told_with_the_columns_that_changed_and_no_others(boat, by_rosa):
    record = boat.objects.create(name="Swan", price=Decimal("10.50"), sails=["main"])
    with transaction.atomic(), acting(by_rosa):
        record.price, record.sails, record.sold_on = None, ["main", "jib"], date(2026, 3, 4)
        record.version = 2
        record.save()

    entry = entries(record)[-1]
    assert entry.changes == {
        "price": [Decimal("10.50"), None],
        "sails": [["main"], ["main", "jib"]],
        "sold_on": [None, "2026-03-04"],
    }
    assert entry.version == 2


def test_nothing_is_told_when_nothing_changed(boat):
    record = boat.objects.create(name="Swan")
    record.version += 1  # left out of the history
    record.save()
    boat.objects.update(name="Swan")

    assert [entry.verb for entry in entries(record)] == ["created"]


def test_nested_nothings_in_json_are_kept(boat):
    record = boat.objects.create(name="Swan", details={"mast": None})
    boat.objects.update(details={"mast": {"height": None}})

    assert entries(record)[-1].changes == {"details": [{"mast": None}, {"mast": {"height": None}}]}


def test_a_removed_record_leaves_its_last_values(boat):
    record = boat.objects.create(name="Swan")
    key = record.pk
    record.delete()

    entry = HistoryEntry.objects.get(kind="boat", record_id=key, verb="removed")
    assert entry.changes["name"] == ["Swan", None]
    assert "price" not in entry.changes


def test_a_set_is_told_row_by_row_in_one_statement(boat, django_assert_num_queries):
    fleet(boat, 300)
    with django_assert_num_queries(1):
        boat.objects.filter(pk__isnull=False).update(price=5)

    assert HistoryEntry.objects.filter(kind="boat", verb="changed").count() == 300


def test_the_actor_ends_with_the_transaction(boat, by_rosa):
    with transaction.atomic(), acting(by_rosa):
        boat.objects.create(name="Swan")
    nobody = boat.objects.create(name="Duck")

    assert entries(nobody)[0].via in ("", "web")  # the test itself is one transaction


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_are_not_mixed_up(boat, by_rosa, by_otto):
    both_in = threading.Barrier(2)

    def work(by: Actor) -> None:
        try:
            with transaction.atomic(), acting(by):
                both_in.wait()
                boat.objects.create(name=by.user.name)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[by]) for by in (by_rosa, by_otto)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for by in (by_rosa, by_otto):
        record = boat.objects.get(name=by.user.name)
        assert (entries(record)[0].actor_id, entries(record)[0].via) == (by.user.pk, by.via)

    after = boat.objects.create(name="Later")
    assert (entries(after)[0].actor_id, entries(after)[0].via) == (None, "")


def test_installing_again_changes_nothing(boat, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert history.install() == 0


def test_installing_mends_a_trigger_that_is_missing(boat):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER leadline_history_changed ON core_boat")

    assert history.install() == 1


def test_history_reads_in_plain_words(boat, rosa, otto, by_rosa):
    record = boat.objects.create(name="Swan", owner=otto)
    with transaction.atomic(), acting(by_rosa):
        boat.objects.update(owner=rosa, price=Decimal("12.00"), sold_on=date(2026, 3, 4))

    entry = history_of("boat", record.pk).entries[0]

    assert (entry.who, entry.door, entry.verb_in_words) == ("Rosa", "page", "Changed")
    told = {change.label: (change.old, change.new) for change in entry.changes}
    assert told == {"Owner": ("Otto", "Rosa"), "Price": ("", "12.00"), "Sold on": ("", "4 Mar 2026")}


def test_history_pages_by_key_from_the_newest_over_many_months(boat):
    record = boat.objects.create(name="Swan")
    for days in range(0, 1000, 100):
        HistoryEntry.objects.create(
            at=clock.now() - timedelta(days=days), kind="boat", record_id=record.pk, about_kind="boat",
            about_id=record.pk, verb="changed", changes={}, via="web", trace="",
        )  # fmt: skip
    seen, before = [], None
    while True:
        portion = history_about("boat", record.pk, before=before, limit=3)
        seen += portion.entries
        before = portion.next
        if before is None:
            break

    assert len(seen) == 11
    assert [entry.at for entry in seen] == sorted((entry.at for entry in seen), reverse=True)


def test_what_changed_since_a_version_is_one_entry_per_field_with_the_value_now(boat, by_otto):
    record = boat.objects.create(name="Swan")
    for version, price in ((2, 10), (3, 20)):
        with transaction.atomic(), acting(by_otto):
            boat.objects.update(price=price, version=version)

    (change,) = changes_since("boat", record.pk, 1)

    assert (change.field, change.theirs, change.who) == ("price", "20.00", "Otto")
    assert changes_since("boat", record.pk, 3) == []
    assert changes_since("boat", record.pk, datetime(2000, 1, 1, tzinfo=UTC)) == [change]


values = st.fixed_dictionaries(
    {
        "name": st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=20),
        "price": st.none() | st.decimals(-1000, 1000, places=2),
        "sails": st.lists(st.sampled_from(["main", "jib", "", '"quoted", {odd}']), max_size=3),
        "details": st.dictionaries(st.sampled_from("ab"), st.none() | st.integers(), max_size=2),
        "sold_on": st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    }
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(before=values, after=values)
def test_old_and_new_values_are_just_those_that_differ(boat, before, after):
    boat.objects.all().delete()
    record = boat.objects.create(**before)
    boat.objects.update(**after)

    changed = {name for name in before if before[name] != after[name]}
    told = [entry for entry in entries(record) if entry.verb == "changed"]
    assert set(told[0].changes if told else ()) == changed
