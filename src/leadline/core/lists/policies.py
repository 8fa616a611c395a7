"""Who may change and share a saved view."""

from typing import Any

from leadline.core.lists.models import SavedView


def may_change_view(user: Any, view: SavedView) -> bool:
    """Its owner; and who may share with everybody may tidy up what is shared with everybody."""
    if view.owner_id == user.pk:
        return True
    return view.visibility == SavedView.Visibility.EVERYBODY and may_share_view(user, view.visibility)


def may_share_view(user: Any, visibility: str) -> bool:
    """Keep a view so that these see it: anybody for themselves, by role for a team or everybody."""
    if visibility == SavedView.Visibility.PRIVATE:
        return True
    scope = user.grants.scope("saved_view", "share") if user.is_active else None
    return scope == "all" or (scope == "team" and visibility == SavedView.Visibility.TEAM)
