"""Who may arrange which dashboard."""

from leadline.people.models import User
from leadline.workspaces.provided import PROVIDED


def may_arrange_for_roles(user: User) -> bool:
    """Whoever manages the settings arranges dashboards for everybody of a role; for oneself everybody may."""
    return user.is_system or user.may("settings", "manage")


def has_dashboards(user: User) -> bool:
    """Whether any of the roles comes with a dashboard."""
    held = set(user.grants.roles)
    return "administrator" in held or any(held & set(each.roles) for each in PROVIDED)
