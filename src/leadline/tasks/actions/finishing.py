"""Finishing tasks and opening them again; what repeats is followed by its next one (TIM-7)."""

from collections.abc import Iterable, Sequence

from leadline.core.actions import Actor, action
from leadline.core.clock import now, today
from leadline.tasks.actions.checking import cleaned
from leadline.tasks.actions.picking import Done, one, pick, tell, write
from leadline.tasks.actions.placing import place
from leadline.tasks.events import TasksAdded, TasksFinished, TasksReopened
from leadline.tasks.models import Task
from leadline.tasks.recurring import next_day
from leadline.tasks.times import clock_of, moment_of, next_telling

CARRIED = (
    "title", "description", "kind", "priority", "owner_id", "made_by_id", "about_kind", "about_id",
    "zone", "remind_before", "repeats", "series_on", "series_time",
)  # fmt: skip


@action
def finish_tasks(ids: Iterable[int], *, outcome: str = "", by: Actor) -> Done:
    """Say that tasks are done, with what came of them; the next of each that repeats is made.

    The next is the first of its series after both the day it was due and the day it was done, so that
    nothing piles up while nobody looks. It is made once, however often a task is opened again.
    """
    words = cleaned("outcome", outcome)
    picked, done = pick(ids, "finish", by=by)
    moment = now()
    values = {"done_at": moment, "done_by_id": by.user.pk, "outcome": words, "tell_at": None}
    finished = write(picked, {task.pk: values for task in picked}, done)
    tell(TasksFinished(count=len(finished)), finished, by=by)
    following = Task.objects.bulk_create(_following(finished))
    tell(TasksAdded(count=len(following)), following, by=by)
    done.made = [task.pk for task in following]
    return done


@action
def finish_task(task: Task, *, outcome: str = "", by: Actor) -> Task:
    """Say that one task is done."""
    return one(task, finish_tasks([task.pk], outcome=outcome, by=by))


@action
def reopen_tasks(ids: Iterable[int], *, by: Actor) -> Done:
    """Tasks were called done by mistake; what is overdue of them already is not told again."""
    picked, done = pick(ids, "reopen", by=by)
    moment = now()
    values = {
        task.pk: {
            "done_at": None,
            "done_by_id": None,
            "outcome": "",
            "tell_at": next_telling(task.remind_at, task.due_at, after=moment),
        }
        for task in picked
    }
    opened = write(picked, values, done)
    tell(TasksReopened(count=len(opened)), opened, by=by)
    return done


@action
def reopen_task(task: Task, *, by: Actor) -> Task:
    """Open one task again."""
    return one(task, reopen_tasks([task.pk], by=by))


def _following(finished: Sequence[Task]) -> list[Task]:
    repeating = [task for task in finished if task.repeats]
    if not repeating:
        return []
    made = set(Task.objects.filter(follows__in=repeating).values_list("follows_id", flat=True))
    return [_next_of(task) for task in repeating if task.pk not in made]


def _next_of(task: Task) -> Task:
    assert task.due_at is not None  # constraints hold both
    assert task.series_on is not None
    due_on = task.due_on or clock_of(task.due_at, task.zone)[0]
    day = next_day(task.repeats, task.series_on, max(due_on, today(task.zone)))
    moment = now()
    following = Task(
        **{name: getattr(task, name) for name in CARRIED},
        follows_id=task.pk,
        due_on=None if task.series_time else day,
        due_at=moment_of(day, task.series_time, task.zone) if task.series_time else None,
        created_at=moment,
        updated_at=moment,
    )
    place(following, begins_series=False)
    return following
