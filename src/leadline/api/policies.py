"""Who may do what with the API's own things."""

from django.utils.translation import gettext_lazy as _

from leadline.people.models import User
from leadline.people.permissions import FOR_ALL, permissions_for

permissions_for(
    "webhook",
    _("Webhooks"),
    "manage",
    scopes=FOR_ALL,
    words={
        "manage": (
            _("Manage webhooks"),
            _("Send what happens to other systems, and follow the whole event log."),
            _("manage webhooks"),
        )
    },
)


def may_manage_webhooks(user: User) -> bool:
    """Set up where events are sent, and see what was sent."""
    return user.is_system or user.may("webhook", "manage")
