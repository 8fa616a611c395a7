"""Who may do what about duplicates."""

from django.utils.translation import gettext_lazy as _

from leadline.people.models import User

WHO_SCANS = _("A sales manager or an administrator can.")
WHO_SETS_RULES = _("An administrator can.")


def may_see_duplicates(user: User) -> bool:
    """Whoever sees customers sees the pairs of which both sides are within reach."""
    return user.is_system or user.may("customer", "view")


def may_scan(user: User) -> bool:
    """Whoever may merge, or sets up the house."""
    return user.is_system or user.may("customer", "merge") or may_set_rules(user)


def may_set_rules(user: User) -> bool:
    """Whoever sets up the house."""
    return user.is_system or user.may("settings", "manage")
