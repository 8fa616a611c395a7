"""Tasks are made, changed, finished, put off and given away by their rules (TIM-7)."""

from datetime import UTC, date, datetime

import pytest

from leadline.core import clock
from leadline.core.events import Subject
from leadline.core.events.models import EventRecord, EventSubject
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken
from leadline.tasks import actions
from leadline.tasks.models import Task
from leadline.timeline.models import Notification

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _it_is_monday():
    with clock.at(MONDAY):
        yield


def test_a_task_is_its_makers_unless_somebody_else_is_named(cast, make, by):
    """TIM-7: title, due, owner, about; its time is meant in the owner's zone."""
    cast.rosa.time_zone = "Asia/Jakarta"
    customer = make.customer(cast.rosa)

    task = actions.add_task(
        title=" Send the offer ",
        due_on=date(2026, 3, 3),
        about=Subject("customer", customer.pk),
        by=by(cast.rosa),
    )

    assert (task.title, task.owner, task.made_by, task.zone) == (
        "Send the offer",
        cast.rosa,
        cast.rosa,
        "Asia/Jakarta",
    )
    assert task.due_at == datetime(2026, 3, 3, 16, 59, 59, tzinfo=UTC)
    event = EventRecord.objects.get(name="tasks.TasksAdded")
    subjects = EventSubject.objects.filter(event_id=event.pk).values_list("kind", "subject_id")
    assert set(subjects) == {
        ("task", task.pk),
        ("customer", customer.pk),
    }


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"kind": "dance"}, "kind"),
        ({"priority": "utmost"}, "priority"),
        ({"zone": "Middle/Earth"}, "zone"),
        ({"due_on": date(1900, 1, 1)}, "due_on"),
        ({"due_on": date(2026, 3, 3), "due_at": MONDAY}, "due_on"),
        ({"repeats": "weekly"}, "repeats"),
        ({"remind_before": 5}, "remind_before"),
        ({"repeats": "weekly", "due_at": MONDAY, "remind_at": MONDAY}, "remind_at"),
        ({"about": Subject("planet", 3)}, "about_kind"),
        ({"about": Subject("customer", 999_999)}, "about_id"),
    ],
)
def test_a_refusal_names_the_field(cast, by, given, field):
    """ALL-2: and nothing is made."""
    with pytest.raises(RuleBroken) as refused:
        actions.add_task(**{"title": "Call", **given}, by=by(cast.rosa))

    assert refused.value.field == field
    assert not Task.objects.exists()


def test_a_record_out_of_sight_is_as_one_that_is_not_there(cast, make, by):
    """ALL-3: nobody learns by a task that a customer is there."""
    foreign = make.customer(cast.otto)

    with pytest.raises(RuleBroken, match="no such record"):
        actions.add_task(title="Call", about=Subject("customer", foreign.pk), by=by(cast.rosa))


def test_what_was_changed_in_between_is_told(cast, by):
    """ALL-1: nothing is silently overwritten."""
    task = actions.add_task(title="Call", by=by(cast.rosa))
    actions.change_task(task, title="Call back", version=1, by=by(cast.rosa))

    with pytest.raises(EditConflict):
        actions.change_task(task, title="Write", version=1, by=by(cast.rosa))


def test_a_moment_ends_a_day_and_its_reminder_moves_along(cast, by):
    """TIM-7: a reminder so many minutes before follows what it belongs to."""
    task = actions.add_task(
        title="Call", due_on=date(2026, 3, 4), remind_before=30, zone="UTC", by=by(cast.rosa)
    )
    assert task.remind_at == datetime(2026, 3, 4, 8, 30, tzinfo=UTC)

    moved = actions.change_task(task, due_at=datetime(2026, 3, 5, 14, tzinfo=UTC), by=by(cast.rosa))

    assert (moved.due_on, moved.remind_at) == (None, datetime(2026, 3, 5, 13, 30, tzinfo=UTC))
    assert moved.tell_at == moved.remind_at


def test_done_is_done_once_and_can_be_opened_again(cast, by):
    """TIM-7: with what came of it, and by whom."""
    task = actions.add_task(title="Call", due_on=date(2026, 3, 4), by=by(cast.rosa))

    done = actions.finish_task(task, outcome="They buy.", by=by(cast.mira))

    assert (done.outcome, done.done_by, done.done_at, done.tell_at) == ("They buy.", cast.mira, MONDAY, None)
    with pytest.raises(RuleBroken, match="done already"):
        actions.finish_task(task, by=by(cast.rosa))
    opened = actions.reopen_task(task, by=by(cast.rosa))
    assert (opened.is_open, opened.outcome, opened.tell_at) == (True, "", opened.due_at)


def test_the_next_of_a_weekly_one_is_made_once(cast, by):
    """TIM-7: opened again and finished again, it still has one next."""
    task = _weekly(by(cast.rosa))

    actions.finish_task(task, by=by(cast.rosa))
    actions.reopen_task(task, by=by(cast.rosa))
    actions.finish_task(task, by=by(cast.rosa))

    following = Task.objects.get(follows=task)
    assert (following.due_at, following.is_open) == (datetime(2026, 3, 9, 14, tzinfo=UTC), True)


def test_snoozing_keeps_the_first_moment_and_the_series(cast, by):
    """TIM-7: a snoozed one is due later; the one after it comes when it always did."""
    task = _weekly(by(cast.rosa))

    actions.snooze_task(task, until=datetime(2026, 3, 3, 8, tzinfo=UTC), by=by(cast.rosa))
    snoozed = actions.snooze_task(task, until=datetime(2026, 3, 4, 8, tzinfo=UTC), by=by(cast.rosa))

    assert (snoozed.snoozes, snoozed.snoozed_from) == (2, datetime(2026, 3, 2, 14, tzinfo=UTC))
    actions.finish_task(task, by=by(cast.rosa))
    assert Task.objects.get(follows=task).due_at == datetime(2026, 3, 9, 14, tzinfo=UTC)
    with pytest.raises(RuleBroken, match="ahead"):
        actions.snooze_tasks([task.pk], until=MONDAY, by=by(cast.rosa))


def test_who_gets_a_task_hears_of_it(cast, by):
    """TIM-11: of one by its title, of many by their number; of one's own nothing."""
    tasks = [actions.add_task(title=f"Call {n}", by=by(cast.rosa)) for n in range(3)]
    assert not Notification.objects.exists()

    actions.reassign_task(tasks[0], owner=cast.mira, by=by(cast.rosa))
    actions.reassign_tasks([task.pk for task in tasks], owner=cast.mira, by=by(cast.rosa))

    told = Notification.objects.filter(user=cast.mira).order_by("pk").values_list("text", flat=True)
    assert list(told) == ["A task from Rosa Ibarra: Call 0", "2 tasks are yours now, from Rosa Ibarra."]


def test_only_those_get_tasks_who_work_here_and_have_them(cast, by):
    """The auditor reads and the house is nobody."""
    for somebody in (cast.aud, cast.house):
        with pytest.raises(RuleBroken) as refused:
            actions.add_task(title="Call", owner=somebody, by=by(cast.ada))
        assert refused.value.field == "owner"


def test_a_set_is_parted_by_who_may_and_by_state(cast, by):
    """CUS-7: each of the others with its reason."""
    mine, done, foreign = (
        actions.add_task(title=title, by=by(who))
        for title, who in (("Mine", cast.rosa), ("Done", cast.rosa), ("His", cast.otto))
    )
    actions.finish_task(done, by=by(cast.rosa))

    told = actions.prioritise_tasks([mine.pk, done.pk, foreign.pk], priority="high", by=by(cast.rosa))

    assert told.changed == [mine.pk]
    assert told.refused[foreign.pk] == "There is no such task."
    assert "done" in told.refused[done.pk]


def test_seeing_a_record_lets_see_its_tasks_but_not_change_them(cast, make, by):
    """TIM-7: support sees all customers, and so what is to be done about them."""
    task = actions.add_task(
        title="Call", about=Subject("customer", make.customer(cast.rosa).pk), by=by(cast.rosa)
    )

    assert [user for user in (cast.sam, cast.mira, cast.otto, cast.prue) if _sees(user, task)] == [
        cast.sam,
        cast.mira,
    ]
    with pytest.raises(NotAllowed):
        actions.finish_task(task, by=by(cast.sam))


def test_archived_ones_come_back(cast, by):
    """ALL-1: and nobody is reminded of them meanwhile."""
    task = actions.add_task(title="Call", due_on=date(2026, 3, 4), by=by(cast.rosa))

    archived = actions.archive_task(task, by=by(cast.rosa))
    assert (archived.is_archived, archived.tell_at) == (True, None)
    with pytest.raises(RuleBroken, match="archived"):
        actions.finish_task(task, by=by(cast.rosa))

    assert actions.restore_task(task, by=by(cast.rosa)).tell_at == task.due_at


def _sees(user, task):
    return Task.objects.visible_to(user).filter(pk=task.pk).exists()


def _weekly(by):
    due = datetime(2026, 3, 2, 14, tzinfo=UTC)
    return actions.add_task(title="Review", due_at=due, repeats="weekly", zone="UTC", by=by)
