"""What follows from when a task is due: the end of its day, its reminder, its series, what is told when."""

from leadline.core.clock import now
from leadline.tasks.models import Task
from leadline.tasks.times import clock_of, end_of, next_telling, reminder_of

# The columns that `place` writes.
PLACED = ("due_at", "due_on", "remind_at", "series_on", "series_time", "tell_at")


def place(task: Task, *, begins_series: bool) -> None:
    """Derive what follows from due day or moment; nothing that is past already is told."""
    if task.due_on is not None:
        task.due_at = end_of(task.due_on, task.zone)
    if task.remind_before is not None and task.due_at is not None:
        task.remind_at = reminder_of(task.due_at, task.due_on, task.remind_before, task.zone)
    if not task.repeats:
        task.series_on = task.series_time = None
    elif task.due_at is not None and (begins_series or task.series_on is None):
        day, at = clock_of(task.due_at, task.zone)
        task.series_on, task.series_time = day, None if task.due_on else at
    task.tell_at = next_telling(task.remind_at, task.due_at, after=now()) if task.is_open else None


def placed(task: Task) -> dict[str, object]:
    """The columns that were derived, as they are to be written."""
    return {name: getattr(task, name) for name in PLACED}
