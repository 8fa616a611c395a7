"""Adding tasks: one, or as many as somebody above has to be done (TIM-7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.events import Subject
from leadline.core.organisation import organisation
from leadline.people.models import User
from leadline.tasks import policies
from leadline.tasks.actions.checking import (
    CLEANED,
    cleaned,
    require_abouts,
    require_due,
    require_owners,
    require_reminder,
    require_repeats,
    require_zone,
)
from leadline.tasks.actions.picking import tell
from leadline.tasks.actions.placing import place
from leadline.tasks.events import TasksAdded
from leadline.tasks.models import Task
from leadline.tasks.telling import tell_of_tasks


@dataclass(frozen=True, kw_only=True)
class TaskDraft:
    """A task to be. Without an owner it is the actor's; without a zone its time is meant in the owner's.

    `due_at` is a moment, `due_on` a day without a time. A reminder is a moment, or minutes before it is due.
    """

    title: str
    description: str = ""
    kind: str = Task.Kind.TO_DO
    priority: str = Task.Priority.NORMAL
    owner: User | None = None
    about: Subject | None = None
    due_at: datetime | None = None
    due_on: date | None = None
    zone: str = ""
    remind_at: datetime | None = None
    remind_before: int | None = None
    repeats: str = ""


@action
def add_tasks(drafts: Sequence[TaskDraft], *, by: Actor) -> list[Task]:
    """Make tasks, in the order given; all or none. Owners hear of those that others made for them.

    Raises `RuleBroken` naming the field, and `NotAllowed`.
    """
    require(policies.may_add_tasks(by.user), _("Your role does not make tasks."))
    require_owners([draft.owner or by.user for draft in drafts], by=by)
    require_abouts([draft.about for draft in drafts], by=by)
    tasks = Task.objects.bulk_create([_task_of(draft, by) for draft in drafts])
    tell(TasksAdded(count=len(tasks)), tasks, by=by)
    tell_of_tasks(tasks, by=by)
    return tasks


@action
def add_task(
    *,
    title: str,
    description: str = "",
    kind: str = Task.Kind.TO_DO,
    priority: str = Task.Priority.NORMAL,
    owner: User | None = None,
    about: Subject | None = None,
    due_at: datetime | None = None,
    due_on: date | None = None,
    zone: str = "",
    remind_at: datetime | None = None,
    remind_before: int | None = None,
    repeats: str = "",
    by: Actor,
) -> Task:
    """Make one task (TIM-7)."""
    draft = TaskDraft(
        title=title,
        description=description,
        kind=kind,
        priority=priority,
        owner=owner,
        about=about,
        due_at=due_at,
        due_on=due_on,
        zone=zone,
        remind_at=remind_at,
        remind_before=remind_before,
        repeats=repeats,
    )
    return add_tasks([draft], by=by)[0]


def _task_of(draft: TaskDraft, by: Actor) -> Task:
    require_due(draft.due_at, draft.due_on)
    owner, moment = draft.owner or by.user, now()
    zone = draft.zone or owner.time_zone or organisation().time_zone
    task = Task(
        owner=owner,
        made_by=by.user,
        about_kind=draft.about.kind if draft.about else "",
        about_id=draft.about.id if draft.about else None,
        due_at=draft.due_at,
        due_on=draft.due_on,
        zone=require_zone(zone),
        remind_at=draft.remind_at,
        created_at=moment,
        updated_at=moment,
        **{name: cleaned(name, getattr(draft, name)) for name in CLEANED},
    )
    place(task, begins_series=True)
    require_reminder(task)
    require_repeats(task)
    return task
