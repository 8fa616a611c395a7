"""Owners are told once of a reminder, and once of being overdue (TIM-11)."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core import clock
from leadline.tasks import actions
from leadline.tasks.models import Task
from leadline.timeline.models import Notification
from tests.cast import undone

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _tell(by, cast, at):
    with clock.at(at):
        return actions.tell_what_is_due(by=by(cast.house, via="job"))


def _texts(user):
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def test_first_the_reminder_then_that_it_is_due(cast, by):
    """Each once, however often one looks."""
    with clock.at(NINE):
        actions.add_task(title="Call", due_at=NINE + timedelta(hours=2), remind_before=30, by=by(cast.rosa))

    for minutes in (0, 89, 90, 91, 119, 120, 121, 600):
        _tell(by, cast, NINE + timedelta(minutes=minutes))

    assert _texts(cast.rosa) == ["Reminder: Call, due 2 Mar 2026 11:00", "Due: Call"]


def test_what_was_missed_while_nobody_worked_is_told_once(cast, by):
    """After a night without a worker there is one line for a task, not one for each moment."""
    with clock.at(NINE):
        actions.add_task(title="Call", due_at=NINE + timedelta(hours=2), remind_before=30, by=by(cast.rosa))

    assert _tell(by, cast, NINE + timedelta(days=1)) == 1

    assert _texts(cast.rosa) == ["Due: Call"]


def test_done_ones_and_archived_ones_are_left_in_peace(cast, by):
    """Nobody is reminded of what nobody has to do."""
    with clock.at(NINE):
        done, gone = (
            actions.add_task(title="Call", due_at=NINE + timedelta(hours=1), by=by(cast.rosa)) for _n in "ab"
        )
        actions.finish_task(done, by=by(cast.rosa))
        actions.archive_task(gone, by=by(cast.rosa))

    assert _tell(by, cast, NINE + timedelta(days=1)) == 0


def test_a_crash_before_the_commit_repeats_nothing_and_loses_nothing(cast, by):
    """That it was told and what was told stand or fall together."""
    with clock.at(NINE):
        actions.add_task(title="Call", due_at=NINE + timedelta(hours=1), by=by(cast.rosa))

    with transaction.atomic():
        _tell(by, cast, NINE + timedelta(hours=2))
        transaction.set_rollback(True)
    assert _texts(cast.rosa) == []
    _tell(by, cast, NINE + timedelta(hours=3))
    _tell(by, cast, NINE + timedelta(hours=4))

    assert _texts(cast.rosa) == ["Due: Call"]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(1, 600), min_size=1, max_size=12),
    st.integers(5, 500),
    st.integers(0, 500),
    st.lists(st.integers(1, 600), max_size=3),
)
def test_whenever_one_looks_nothing_is_told_twice(cast, by, looks, due, before, snoozes):
    """Reminding, snoozing, looking in any order: a line at most for each moment, and one for the last."""
    with undone():
        with clock.at(NINE):
            task = actions.add_task(
                title="Call", due_at=NINE + timedelta(minutes=due), remind_before=before, by=by(cast.rosa)
            )
        happenings = [(minute, "look") for minute in looks] + [(minute, "snooze") for minute in snoozes]
        for minute, what in sorted(happenings):
            moment = NINE + timedelta(minutes=minute)
            if what == "look":
                _tell(by, cast, moment)
            else:
                with clock.at(moment):
                    actions.snooze_task(task, until=moment + timedelta(minutes=60), by=by(cast.rosa))
        _tell(by, cast, NINE + timedelta(days=1))

        told = Notification.objects.filter(user=cast.rosa).values_list("cause", flat=True)
        assert len(set(told)) == len(told) <= len(set(snoozes)) + 2
        assert told
        assert Task.objects.get(pk=task.pk).tell_at is None
