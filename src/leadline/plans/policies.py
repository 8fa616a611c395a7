"""Who may say what customers may do on the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from leadline.people.permissions import FOR_ALL, permissions_for

if TYPE_CHECKING:
    from leadline.people.models import User

permissions_for(
    "capability",
    _("Capabilities"),
    "manage",
    scopes=FOR_ALL,
    objects=_("capabilities"),
    words={
        "manage": (
            _("Manage"),
            _("Name what customers can be allowed, with its limit without a plan."),
            _("manage %(objects)s"),
        )
    },
)


def may_manage_capabilities(user: User) -> bool:
    """Add, change and retire capabilities."""
    return bool(user.is_system or user.may("capability", "manage"))
