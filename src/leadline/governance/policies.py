"""Who may look at the audit (PPL-7), and who looks after privacy (PPL-8)."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.core.actions import require
from leadline.core.privacy import Person
from leadline.people.models import User
from leadline.people.permissions import FOR_ALL, permissions_for

permissions_for(
    "audit",
    _("Audit"),
    "view export",
    scopes=FOR_ALL,
    words={
        "view": (
            _("See the audit"),
            _("Read everything that anybody did and changed."),
            _("see the audit"),
        ),
        "export": (
            _("Export the audit"),
            _("Take what the audit shows out as a file."),
            _("export the audit"),
        ),
    },
)


def may_see_audit(user: User) -> bool:
    """Read history and ledger of the whole organisation."""
    return user.is_system or user.may("audit", "view")


def require_audit(user: User) -> None:
    """Let in whoever may see the audit; others are told who can help."""
    help = _("An administrator can change roles.")
    require(may_see_audit(user), gettext("Your role does not show the audit."), who_can_help=help)


permissions_for(
    "privacy",
    _("Privacy"),
    "report erase manage",
    scopes=FOR_ALL,
    words={
        "report": (
            _("Report"),
            _("Gather all that is held about a person."),
            _("report what is held about persons"),
        ),
        "erase": (_("Erase"), _("Erase a person, and set legal holds."), _("erase persons")),
        "manage": (_("Rules"), _("Set how long things are kept."), _("set how long things are kept")),
    },
)
WHO_CAN_HELP = _("A compliance officer or an administrator can do this.")


def may_report(user: User, person: Person) -> bool:
    """Gather what is held about a person; everybody about oneself."""
    return user.is_system or user.may("privacy", "report") or (person.kind, person.id) == ("user", user.pk)


def may_erase(user: User) -> bool:
    """Ask for the erasure of a person, confirm it, set and lift legal holds."""
    return user.is_system or user.may("privacy", "erase")


def may_look_after_privacy(user: User) -> bool:
    """Whether the pages of privacy are for this person."""
    return user.may("privacy", "report") or user.may("privacy", "erase")


permissions_for(
    "sensitive",
    _("Sensitive fields"),
    "view",
    scopes=FOR_ALL,
    words={
        "view": (
            _("See sensitive fields"),
            _("Tax id, bank details and identity documents of the customers that one sees."),
            _("see sensitive fields"),
        )
    },
)
WHO_SEES_SENSITIVE = _("Finance or a compliance officer can see it.")


def may_see_sensitive(user: User) -> bool:
    """See tax ids, bank details and identity documents in the clear."""
    return user.is_system or user.may("sensitive", "view")


WHO_SETS_RETENTION = _("An administrator can set how long things are kept.")


def may_set_retention(user: User) -> bool:
    """Set rules of retention, and let them run."""
    return user.is_system or user.may("privacy", "manage")
