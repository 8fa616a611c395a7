"""Who may see data quality, and have it counted again."""

from leadline.people.models import User


def may_see_quality(user: User) -> bool:
    """Whoever sees customers, for those."""
    return user.is_system or user.may("customer", "view")


def may_refresh_quality(user: User) -> bool:
    """Counting goes over all customers: those who hand customers out, and administrators."""
    return user.is_system or user.may("customer", "assign") or user.may("settings", "manage")
