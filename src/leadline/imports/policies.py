"""Who may import, and who may change or undo an import."""

from leadline.imports.importables import IMPORTABLES
from leadline.imports.models import Import, SavedMapping
from leadline.people.models import User

_PERMISSIONS = {each.permission for each in IMPORTABLES.values()}


def may_import(user: User, kind: str = "") -> bool:
    """Bring in files of a kind, or of any: who may import and add what their rows become."""
    asked = {IMPORTABLES[kind].permission} if kind in IMPORTABLES else set(_PERMISSIONS)
    return user.is_system or any(user.may(each, "import") and user.may(each, "create") for each in asked)


def may_change_import(user: User, brought: Import) -> bool:
    """Correct, map, start, cancel and undo: who brought the file, and an administrator."""
    own = brought.created_by_id == user.pk
    return user.is_system or (may_import(user, brought.kind) and (own or user.may("settings", "manage")))


def may_change_mapping(user: User, mapping: SavedMapping) -> bool:
    """Rename and remove what was kept: who kept it."""
    return mapping.updated_by_id == user.pk and may_import(user, mapping.kind)
