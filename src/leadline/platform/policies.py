"""Who may see what the platform tells, and who sets it up (PLT-4, PLT-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from leadline.people.permissions import FOR_ALL, permissions_for
from leadline.people.scope import reach

if TYPE_CHECKING:
    from leadline.people.models import User

permissions_for(
    "platform_user",
    _("Users of the platform"),
    "view",
    objects=_("users of the platform"),
    words={
        "view": (
            _("See"),
            _("Who is online and what they do there; who belongs to no customer only for all records."),
            _("see %(objects)s"),
        )
    },
)
permissions_for(
    "usage",
    _("Usage of the platform"),
    "view export",
    objects=_("the usage of customers"),
    words={
        "view": (
            _("See"),
            _("How much customers use the platform, day by day, and how near their limits they are."),
            _("see %(objects)s"),
        )
    },
)
permissions_for("payment", _("Payments"), "view export", objects=_("payments"))
permissions_for(
    "platform",
    _("The platform"),
    "send manage",
    scopes=FOR_ALL,
    words={
        "send": (
            _("Send events"),
            _("Tell of what happens on the platform, as a program does."),
            _("send events of the platform"),
        ),
        "manage": (
            _("Set up"),
            _("Keys for signed events, what counts as online, how long events are kept."),
            _("set up the platform"),
        ),
    },
)


def may_send_events(user: User) -> bool:
    """Tell of what happens on the platform."""
    return bool(user.is_system or user.may("platform", "send"))


def may_manage_platform(user: User) -> bool:
    """Make and revoke keys, and change what holds for the platform."""
    return bool(user.is_system or user.may("platform", "manage"))


def may_take_archives(user: User) -> bool:
    """Take files of archived months out of the house: who sets up the platform and sees all its users."""
    return may_manage_platform(user) and (
        bool(user.is_system) or reach(user, "platform_user", "view").everything
    )


def sees_platform(user: User) -> bool:
    """Whether any role shows users of the platform."""
    return user.may("platform_user", "view")


def sees_usage(user: User) -> bool:
    """Whether any role shows how the platform is used."""
    return user.may("usage", "view")


def sees_payments(user: User) -> bool:
    """Whether any role shows payments."""
    return user.may("payment", "view")
