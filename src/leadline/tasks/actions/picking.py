"""Which of a set of tasks somebody may act on, the others with their reasons; how a set is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, lock_all
from leadline.core.events import Event, Subject, publish
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.core.sets import update_rows
from leadline.tasks.models import Task
from leadline.tasks.verbs import TASK_VERBS, WHO_MAY

_TOUCHED = {"updated_at": "now()", "version": "tasks_task.version + 1"}


@dataclass
class Done:
    """What came of acting on a set; `forbidden` are those refused that are out of the actor's reach.

    `made` are the keys of the next ones of those that repeat.
    """

    changed: list[int] = field(default_factory=list)
    unchanged: int = 0
    refused: dict[int, str] = field(default_factory=dict)
    forbidden: set[int] = field(default_factory=set)
    made: list[int] = field(default_factory=list)


def pick(ids: Iterable[int], verb: str, *, by: Actor) -> tuple[list[Task], Done]:
    """Lock the tasks and part those on which the actor may do the verb from those refused."""
    wanted = sorted(set(ids))
    rows = Task.objects.visible_to(by.user).filter(pk__in=wanted).select_related("owner")
    done = Done(refused=dict.fromkeys(wanted, _("There is no such task.")), forbidden=set(wanted))
    asked, picked = TASK_VERBS[verb], []
    for task in lock_all(rows):
        if not asked.permits(by.user, task):
            done.refused[task.pk] = f"{_('Your role does not allow this for this task.')} {WHO_MAY}"
            continue
        done.forbidden.discard(task.pk)
        if why_not := next(iter(asked.hindered_by(task)), None):
            done.refused[task.pk] = str(why_not.words)
            continue
        del done.refused[task.pk]
        picked.append(task)
    return picked, done


def write(tasks: Sequence[Task], values: Mapping[int, dict[str, Any]], done: Done) -> list[Task]:
    """Give tasks new values of columns, by key; returns those that really changed."""
    changed = update_rows(Task, [{"id": task.pk, **values[task.pk]} for task in tasks], touched=_TOUCHED)
    done.changed = sorted(changed)
    done.unchanged += len(tasks) - len(changed)
    return [task for task in tasks if task.pk in changed]


def tell(event: Event, tasks: Iterable[Task], *, by: Actor) -> None:
    """Publish once for a set, about the tasks and the records they are about."""
    tasks = list(tasks)
    if tasks:
        about = [Subject("task", task.pk) for task in tasks]
        about += [Subject(task.about_kind, task.about_id) for task in tasks if task.about_id]
        publish(event, by=by, about=about)


def one(task: Task, done: Done) -> Task:
    """The task as it is after a set of one; raises the reason if it was refused."""
    for reason in done.refused.values():
        raise NotAllowed(reason) if task.pk in done.forbidden else RuleBroken(reason)
    return Task.objects.select_related("owner").get(pk=task.pk)
