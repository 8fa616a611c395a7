"""Who may import, and who may change or undo an import."""

from leadline.customers.policies import may_create_customers, may_import_customers
from leadline.imports.models import Import, SavedMapping
from leadline.people.models import User


def may_import(user: User) -> bool:
    """Bring in files: who may import and add customers."""
    return may_import_customers(user) and may_create_customers(user)


def may_change_import(user: User, brought: Import) -> bool:
    """Correct, map, start, cancel and undo: who brought the file, and an administrator."""
    own = brought.created_by_id == user.pk
    return user.is_system or (may_import(user) and (own or user.may("settings", "manage")))


def may_change_mapping(user: User, mapping: SavedMapping) -> bool:
    """Rename and remove what was kept: who kept it."""
    return mapping.updated_by_id == user.pk and may_import(user)
