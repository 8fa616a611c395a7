"""What can be told of tasks, in the past tense: of the tasks, and of the records that they are about."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class TasksAdded(Event):
    """Something is to be done: one task, or a whole set at once."""

    count: int

    wording = _("added a task")


@dataclass(frozen=True)
class TasksChanged(Event):
    """What, when, how urgent or about what: a task was changed."""

    count: int

    wording = _("changed a task")


@dataclass(frozen=True)
class TasksFinished(Event):
    """Tasks were done. Those that repeat are followed by their next ones."""

    count: int

    wording = _("finished a task")


@dataclass(frozen=True)
class TasksReopened(Event):
    """Tasks that were called done are still to do."""

    count: int

    wording = _("reopened a task")


@dataclass(frozen=True)
class TasksSnoozed(Event):
    """Tasks were put off."""

    count: int

    wording = _("snoozed a task")


@dataclass(frozen=True)
class TasksReassigned(Event):
    """Tasks were given to somebody."""

    count: int
    owner_id: int

    wording = _("gave a task to somebody")


@dataclass(frozen=True)
class TasksArchived(Event):
    """Tasks were taken out of use."""

    count: int

    wording = _("archived a task")


@dataclass(frozen=True)
class TasksRestored(Event):
    """Tasks came back into use."""

    count: int

    wording = _("restored a task")


@dataclass(frozen=True)
class TasksWentAlong(Event):
    """A hand-over took along the open tasks about its records, or brought them back."""

    count: int
    handover_id: int

    wording = _("handed over tasks")
