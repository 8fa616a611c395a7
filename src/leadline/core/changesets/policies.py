"""Who may undo."""

from typing import Any

from leadline.core.changesets.models import ChangeSet


def may_undo_change_set(user: Any, change_set: ChangeSet) -> bool:
    """Who did it, and an administrator."""
    return change_set.created_by_id == user.pk or user.may("settings", "manage")
