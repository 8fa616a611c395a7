"""Who may look at the audit: whoever a role lets, and they see all of it (PPL-7)."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.core.actions import require
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
