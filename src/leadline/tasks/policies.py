"""Who may do what with tasks (TIM-7)."""

from django.utils.translation import gettext_lazy as _

from leadline.people.models import User
from leadline.people.permissions import permissions_for
from leadline.tasks.models import Task
from leadline.tasks.verbs import TASK_VERBS

permissions_for(
    "task",
    _("Tasks"),
    "view create edit assign export",
    scopes=("own", "team", "all"),
    objects=_("tasks"),
    words={
        "view": (
            _("See"),
            _("Find and read them; those about a record that somebody sees are seen too."),
            _("see %(objects)s"),
        ),
        "edit": (_("Edit"), _("Change, finish, snooze and archive them."), _("edit %(objects)s")),
        "assign": (_("Assign"), _("Give them to others."), _("assign %(objects)s")),
    },
)


def may_see_tasks(user: User) -> bool:
    """Open the pages of tasks."""
    return user.is_system or user.may("task", "view")


def may_add_tasks(user: User) -> bool:
    """Make tasks."""
    return user.is_system or user.may("task", "create")


def may_edit_task(user: User, task: Task) -> bool:
    """Change it, finish it, snooze it, archive it, as far as its state allows."""
    return TASK_VERBS["edit"].permits(user, task)


def may_assign_task(user: User, task: Task) -> bool:
    """Give it to somebody."""
    return TASK_VERBS["assign"].permits(user, task)
