"""Who may do what with people and settings."""

from django.utils.translation import gettext_lazy as _

from leadline.core.organisation import organisation
from leadline.people.models import User
from leadline.people.permissions import FOR_ALL, permissions_for

permissions_for(
    "saved_view",
    _("Saved views"),
    "share",
    scopes=("team", "all"),
    words={
        "share": (
            _("Share views"),
            _("Show a view of one's own to the team, or to everybody."),
            _("share views"),
        )
    },
)
permissions_for(
    "user",
    _("People, teams and roles"),
    "view manage",
    scopes=FOR_ALL,
    words={
        "view": (
            _("See people"),
            _("Read what is kept of colleagues, as an auditor does."),
            _("read what is kept of colleagues"),
        ),
        "manage": (
            _("Manage people"),
            _("Add and change people, teams and roles. Whoever may this can take any other permission."),
            _("manage people, teams and roles"),
        ),
    },
)
permissions_for(
    "skill",
    _("Skills"),
    "give",
    scopes=("own", "team", "all"),
    words={
        "give": (
            _("Say what people know"),
            _("Skills and languages of oneself, of the team, or of everybody."),
            _("say what people know"),
        )
    },
)
permissions_for(
    "job",
    _("Jobs"),
    "view",
    scopes=FOR_ALL,
    words={
        "view": (
            _("See all jobs"),
            _("Imports, exports and mass changes of everybody, not just one's own."),
            _("see the jobs of everybody"),
        )
    },
)
permissions_for(
    "settings",
    _("Settings"),
    "manage",
    scopes=FOR_ALL,
    words={
        "manage": (
            _("Settings"),
            _("Change what holds for the whole organisation."),
            _("change the settings"),
        )
    },
)

permissions_for(
    "field",
    _("Custom fields"),
    "manage",
    scopes=FOR_ALL,
    words={
        "manage": (
            _("Custom fields"),
            _("Make, change and archive fields. Whoever may this sees all of them on the own records."),
            _("make and change custom fields"),
        )
    },
)

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


def may_end_sessions(user: User, holder: User) -> bool:
    """End sessions: one's own, and as an administrator those of others."""
    return user == holder or may_manage_people(user)


def may_view_as(user: User, person: User) -> bool:
    """See the pages as somebody else: administrators, never as one of their kind or as who left (PPL-9)."""
    powerful = person.may("user", "manage") or person.may("settings", "manage")
    return may_manage_people(user) and person != user and person.is_active and not powerful


def may_make_token(user: User, owner: User) -> bool:
    """Make a key for a program that acts as `owner`."""
    return user == owner or may_manage_people(user)
