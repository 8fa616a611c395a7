"""Giving tasks to others (TIM-7)."""

from collections.abc import Iterable

from leadline.core.actions import Actor, action
from leadline.people.models import User
from leadline.tasks.actions.checking import require_owners
from leadline.tasks.actions.picking import Done, one, pick, tell, write
from leadline.tasks.events import TasksReassigned
from leadline.tasks.models import Task
from leadline.tasks.telling import tell_of_tasks


@action
def reassign_tasks(ids: Iterable[int], *, owner: User, by: Actor) -> Done:
    """Give open tasks to somebody who works here and hears of it; times stay in their zones."""
    require_owners([owner], by=by)
    picked, done = pick(ids, "assign", by=by)
    given = write(picked, {task.pk: {"owner_id": owner.pk} for task in picked}, done)
    tell(TasksReassigned(count=len(given), owner_id=owner.pk), given, by=by)
    for task in given:
        task.owner, task.version = owner, task.version + 1
    tell_of_tasks(given, by=by)
    return done


@action
def reassign_task(task: Task, *, owner: User, by: Actor) -> Task:
    """Give one task to somebody."""
    return one(task, reassign_tasks([task.pk], owner=owner, by=by))
