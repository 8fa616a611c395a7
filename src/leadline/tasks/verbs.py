"""What can be done with tasks, and what stands against it, for buttons, actions and “Why?” (PPL-5)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.verbs import NOT_ARCHIVED, Hindrance, Kind, Verb, Whose, archived, explains, verbs_of
from leadline.people.models import User
from leadline.people.scope import reach
from leadline.tasks.models import Task

ARCHIVED = archived(_("This task is archived; restore it first."), "task:edit")
DONE = Hindrance(
    "done",
    _("This task is done; open it again first."),
    lambda task: task.done_at is not None,
    _("Open again"),
    "task:edit",
)
ALREADY_DONE = Hindrance("done", _("It is done already."), lambda task: task.done_at is not None, idle=True)
NOT_DONE = Hindrance("not_done", _("It is still to do."), lambda task: task.done_at is None, idle=True)
WHO_MAY = _("Its owner, who made it, and the owner's manager can.")


def within(user: User, verb: str, task: Any) -> bool:
    """Whether somebody may do a verb: the owner and the maker as far as the role may, others by its scope."""
    if user.is_system:
        return True
    by_role = reach(user, "task", verb)
    if by_role.everything or by_role.nothing:
        return by_role.everything
    return user.pk in (task.owner_id, task.made_by_id) or task.owner.team_id in by_role.team_ids


def _role(verb: str) -> Callable[[User, Any], bool]:
    return lambda user, task: within(user, verb, task)


def _seen(user: User, key: int) -> Task | None:
    return Task.objects.visible_to(user).select_related("owner").filter(pk=key).first()


TASK_VERBS = verbs_of(
    Verb("view", _("See"), "task:view", lambda user, task: True),
    Verb("edit", _("Edit"), "task:edit", _role("edit"), (ARCHIVED, DONE), otherwise=WHO_MAY),
    Verb("finish", _("Finish"), "task:edit", _role("edit"), (ARCHIVED, ALREADY_DONE), otherwise=WHO_MAY),
    Verb("reopen", _("Open again"), "task:edit", _role("edit"), (ARCHIVED, NOT_DONE), otherwise=WHO_MAY),
    Verb("snooze", _("Snooze"), "task:edit", _role("edit"), (ARCHIVED, DONE), otherwise=WHO_MAY),
    Verb("assign", _("Assign"), "task:assign", _role("assign"), (ARCHIVED, DONE), otherwise=WHO_MAY),
    Verb("archive", _("Archive"), "task:edit", _role("edit"), (ARCHIVED,), otherwise=WHO_MAY),
    Verb("restore", _("Restore"), "task:edit", _role("edit"), (NOT_ARCHIVED,), otherwise=WHO_MAY),
)
explains(
    Kind(
        "task",
        "task:view",
        _seen,
        TASK_VERBS,
        ("tasks",),
        whose=lambda task: Whose(task.owner, task.owner.team_id),
    )
)
