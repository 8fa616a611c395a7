"""Every mass change can be shown before and undone after (SIG-3)."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core import clock
from leadline.core.actions import action
from leadline.core.changesets import (
    ChangeSet,
    after_undo,
    change_set,
    change_set_state,
    kept_rows,
    preview,
    start_change,
    undo_change_set,
)
from leadline.core.changesets.hooks import _hooks
from leadline.core.changesets.undoing import PORTION
from leadline.core.history import HistoryEntry
from leadline.core.jobs import Job, run_waiting_jobs
from leadline.core.jobs.registry import _runs
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.core.tests.boats import fleet


@action
def price_boats(boats, price, *, by):
    """Give boats a price."""
    return boats.update(price=price)


@action
def add_boats(boat, names, *, by):
    """Add boats."""
    return boat.objects.bulk_create(boat(name=name) for name in names)


@action
def rewrite(boat, key, columns, *, by):
    """Give a boat other values."""
    boat.objects.filter(pk=key).update(**columns)


def changed(boats, price, by) -> ChangeSet:
    with change_set("boats.price", "Price the boats", by) as by_set:
        price_boats(boats, price, by=by_set)
    return ChangeSet.objects.latest("pk")


def undone(changes, by) -> dict[str, int]:
    started = undo_change_set(changes, by=by)
    run_waiting_jobs()
    started.refresh_from_db()
    assert (started.state, started.message) == ("done", "")
    return started.counts


def test_a_preview_tells_the_outcome_and_changes_nothing(boat, by_rosa):
    fleet(boat, 3)

    assert preview(price_boats, boat.objects.all(), 5, by=by_rosa) == 3
    assert not boat.objects.filter(price=5).exists()
    assert not HistoryEntry.objects.filter(kind="boat", verb="changed").exists()


def test_an_undone_change_puts_every_old_value_back_and_counts_the_version(boat, by_rosa):
    boats = fleet(boat, 5)
    boat.objects.filter(pk=boats[0].pk).update(price=Decimal("7.25"))
    changes = changed(boat.objects.all(), 100, by_rosa)

    assert undone(changes, by_rosa) == {"undone": 5, "archived": 0, "kept": 0}

    assert boat.objects.get(pk=boats[0].pk).price == Decimal("7.25")
    assert boat.objects.filter(price=None).count() == 4
    assert set(boat.objects.values_list("version", flat=True)) == {2}
    changes.refresh_from_db()
    assert (changes.state, changes.undone_at is not None) == ("undone", True)


def test_rows_that_were_edited_since_stay_and_say_who_edited_them(boat, by_rosa, by_otto):
    boats = fleet(boat, 5)
    changes = changed(boat.objects.all(), 100, by_rosa)
    price_boats(boat.objects.filter(pk=boats[2].pk), 90, by=by_otto)

    assert undone(changes, by_rosa) == {"undone": 4, "archived": 0, "kept": 1}

    assert boat.objects.get(pk=boats[2].pk).price == 90
    (kept,) = kept_rows(changes.undoing)
    assert (kept.record_id, kept.who) == (boats[2].pk, "Otto")
    assert kept.reason == "Edited since by Otto, so it stays."


def test_an_edit_of_another_column_does_not_keep_a_row(boat, by_rosa, by_otto):
    (record,) = fleet(boat, 1)
    changes = changed(boat.objects.all(), 100, by_rosa)
    rewrite(boat, record.pk, {"sails": ["jib"]}, by=by_otto)

    assert undone(changes, by_rosa)["undone"] == 1
    record.refresh_from_db()
    assert (record.price, record.sails) == (None, ["jib"])


def test_created_rows_are_archived_unless_somebody_worked_on_them(boat, by_rosa, by_otto):
    with change_set("boats.import", "Import", by_rosa) as by_set:
        first, second = add_boats(boat, ["Swan", "Duck"], by=by_set)
    price_boats(boat.objects.filter(pk=second.pk), 10, by=by_otto)

    counts = undone(ChangeSet.objects.latest("pk"), by_rosa)

    assert counts == {"undone": 0, "archived": 1, "kept": 1}
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.archived_at is not None, second.archived_at) == (True, None)


def test_rows_changed_twice_in_a_set_go_back_to_the_first_value(boat, by_rosa):
    (record,) = fleet(boat, 1)
    with change_set("boats.price", "Twice", by_rosa) as by_set:
        price_boats(boat.objects.all(), 1, by=by_set)
        price_boats(boat.objects.all(), 2, by=by_set)

    undone(ChangeSet.objects.latest("pk"), by_rosa)

    record.refresh_from_db()
    assert record.price is None


def test_a_rule_that_forbids_the_old_value_keeps_that_row_alone(boat, by_rosa, by_otto):
    boats = fleet(boat, 4)
    with change_set("boats.name", "Rename", by_rosa) as by_set:
        for record in boats:
            rewrite(boat, record.pk, {"name": f"New {record.pk}"}, by=by_set)
    add_boats(boat, ["Boat 3"], by=by_otto)  # the name is taken now

    counts = undone(ChangeSet.objects.latest("pk"), by_rosa)

    assert counts == {"undone": 3, "archived": 0, "kept": 1}
    assert boat.objects.get(pk=boats[2].pk).name == f"New {boats[2].pk}"


def test_a_row_that_is_gone_is_told(boat, by_rosa):
    boats = fleet(boat, 2)
    changes = changed(boat.objects.all(), 5, by_rosa)
    boats[0].delete()

    assert undone(changes, by_rosa)["kept"] == 1
    assert kept_rows(changes.undoing)[0].reason == "It is no longer there."


def test_the_undoing_is_in_the_history_and_can_be_undone_itself(boat, by_rosa):
    (record,) = fleet(boat, 1)
    changes = changed(boat.objects.all(), 5, by_rosa)
    undone(changes, by_rosa)

    undone(changes.undoing, by_rosa)

    record.refresh_from_db()
    assert record.price == 5


def test_the_owner_of_a_kind_follows_up_in_the_same_transaction(boat, by_rosa):
    followed = []
    after_undo("boat")(lambda ids, columns, *, by: followed.append((sorted(ids), by.change_set)))
    boats = fleet(boat, 2)
    changes = changed(boat.objects.all(), 5, by_rosa)
    undone(changes, by_rosa)
    _hooks.pop("boat")

    assert followed == [([boats[0].pk, boats[1].pk], changes.undoing.pk)]


def test_more_rows_than_a_portion_are_all_undone(boat, by_rosa):
    fleet(boat, PORTION + 10)
    changes = changed(boat.objects.all(), 5, by_rosa)

    assert undone(changes, by_rosa)["undone"] == PORTION + 10
    started = Job.objects.latest("pk")
    assert (started.done, started.total) == (PORTION + 10, PORTION + 10)


def test_only_who_did_it_may_undo_it_and_only_once_and_within_30_days(boat, by_rosa, by_otto):
    fleet(boat, 1)
    changes = changed(boat.objects.all(), 5, by_rosa)
    with pytest.raises(NotAllowed):
        undo_change_set(changes, by=by_otto)
    assert not change_set_state(changes, by_otto.user).may_be_undone

    undo_change_set(changes, by=by_rosa)
    with pytest.raises(RuleBroken):
        undo_change_set(changes, by=by_rosa)
    run_waiting_jobs()
    with pytest.raises(RuleBroken):
        undo_change_set(changes, by=by_rosa)

    late = changed(boat.objects.all(), 6, by_rosa)
    ChangeSet.objects.filter(pk=late.pk).update(undo_until=clock.now() - timedelta(seconds=1))
    with pytest.raises(RuleBroken, match="30 days"):
        undo_change_set(late, by=by_rosa)


def test_a_change_that_stopped_half_way_can_still_be_undone(boat, by_rosa):
    fleet(boat, 1)
    with pytest.raises(ZeroDivisionError), change_set("boats.price", "Price", by_rosa) as by_set:  # noqa: PT012
        price_boats(boat.objects.all(), 5, by=by_set)
        1 / 0  # noqa: B018
    stopped = ChangeSet.objects.latest("pk")
    assert stopped.state == "stopped"

    assert undone(stopped, by_rosa)["undone"] == 1


def test_a_job_ends_its_change_set_with_its_counts(boat, by_rosa, monkeypatch):
    def run(running):
        with running.portion(done=2, counts={"changed": 2}):
            price_boats(boat.objects.all(), 5, by=running.by)

    monkeypatch.setitem(_runs, "boats.price", run)
    fleet(boat, 2)
    started = start_change("boats.price", title="Price the boats", by=by_rosa)
    with pytest.raises(RuleBroken, match="still running"):
        undo_change_set(started.change_set, by=by_rosa)

    run_waiting_jobs()

    changes = ChangeSet.objects.get(pk=started.change_set_id)
    assert (changes.state, changes.counts) == ("done", {"changed": 2})
    assert undone(changes, by_rosa)["undone"] == 2


texts = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=10)
values = st.fixed_dictionaries(
    {
        "price": st.none() | st.decimals(-1000, 1000, places=2),
        "sails": st.lists(texts, max_size=3),
        "details": st.dictionaries(texts, st.none() | texts | st.integers(), max_size=2),
        "sold_on": st.none() | st.dates(),
        "seen_at": st.none() | st.datetimes(timezones=st.just(clock.now().tzinfo)),
    }
)
names = count()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(before=values, changes=st.lists(values, min_size=1, max_size=3))
def test_whatever_was_done_to_a_row_undoing_gives_back_every_value(boat, by_rosa, before, changes):
    record = boat.objects.create(name=f"Boat {next(names)}", **before)
    with change_set("boats.rewrite", "Rewrite", by_rosa) as by_set:
        for columns in changes:
            rewrite(boat, record.pk, columns, by=by_set)

    undone(ChangeSet.objects.latest("pk"), by_rosa)

    record.refresh_from_db()
    assert {name: getattr(record, name) for name in before} == before
