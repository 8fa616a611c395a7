"""Taking tasks out of use, and bringing them back (ALL-1)."""

from collections.abc import Iterable

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.tasks.actions.picking import Done, one, pick, tell, write
from leadline.tasks.events import TasksArchived, TasksRestored
from leadline.tasks.models import Task
from leadline.tasks.times import next_telling


@action
def archive_tasks(ids: Iterable[int], *, by: Actor) -> Done:
    """Take tasks out of use; done ones too. Nobody is reminded of them, and no next one is made."""
    picked, done = pick(ids, "archive", by=by)
    moment = now()
    values = {task.pk: {"archived_at": moment, "tell_at": None} for task in picked}
    archived = write(picked, values, done)
    tell(TasksArchived(count=len(archived)), archived, by=by)
    return done


@action
def archive_task(task: Task, *, by: Actor) -> Task:
    """Take one task out of use."""
    return one(task, archive_tasks([task.pk], by=by))


@action
def restore_tasks(ids: Iterable[int], *, by: Actor) -> Done:
    """Bring tasks back, open or done as they were."""
    picked, done = pick(ids, "restore", by=by)
    moment = now()
    values = {
        task.pk: {
            "archived_at": None,
            "tell_at": None if task.is_done else next_telling(task.remind_at, task.due_at, after=moment),
        }
        for task in picked
    }
    restored = write(picked, values, done)
    tell(TasksRestored(count=len(restored)), restored, by=by)
    return done


@action
def restore_task(task: Task, *, by: Actor) -> Task:
    """Bring one task back."""
    return one(task, restore_tasks([task.pk], by=by))
