"""What is done with tasks (TIM-7). Apps above call it: a callback is a task of kind `call` about a lead."""

from leadline.tasks.actions.adding import TaskDraft, add_task, add_tasks
from leadline.tasks.actions.archiving import archive_task, archive_tasks, restore_task, restore_tasks
from leadline.tasks.actions.carrying import carry_tasks
from leadline.tasks.actions.changing import change_task, prioritise_tasks
from leadline.tasks.actions.erasing import erase_from_tasks
from leadline.tasks.actions.finishing import finish_task, finish_tasks, reopen_task, reopen_tasks
from leadline.tasks.actions.following import bring_back_with, go_along_with
from leadline.tasks.actions.reassigning import reassign_task, reassign_tasks
from leadline.tasks.actions.reminding import tell_anew, tell_what_is_due
from leadline.tasks.actions.snoozing import snooze_task, snooze_tasks

__all__ = [
    "TaskDraft",
    "add_task",
    "add_tasks",
    "archive_task",
    "archive_tasks",
    "bring_back_with",
    "carry_tasks",
    "change_task",
    "erase_from_tasks",
    "finish_task",
    "finish_tasks",
    "go_along_with",
    "prioritise_tasks",
    "reassign_task",
    "reassign_tasks",
    "reopen_task",
    "reopen_tasks",
    "restore_task",
    "restore_tasks",
    "snooze_task",
    "snooze_tasks",
    "tell_anew",
    "tell_what_is_due",
]
