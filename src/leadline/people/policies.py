"""Who may do what with people and settings."""

from django.utils.translation import gettext_lazy as _

from leadline.core.organisation import organisation
from leadline.people.models import User

ASK_AN_ADMINISTRATOR = _("An administrator can do this.")


def may_set_up() -> bool:
    """Whether this is a new installation: nobody finished the first run, and nobody can sign in."""
    return organisation().set_up_at is None and not User.objects.active().exists()


def may_manage_people(user: User) -> bool:
    """Add, change and deactivate users, teams and roles."""
    return user.is_system or user.may("user", "manage")


def may_manage_settings(user: User) -> bool:
    """Change what holds for the whole organisation."""
    return user.is_system or user.may("settings", "manage")


def may_make_token(user: User, owner: User) -> bool:
    """Make a key for a program that acts as `owner`."""
    return user == owner or may_manage_people(user)
