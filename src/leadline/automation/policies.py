"""Who may see and make rules: they act as the house, so few make them (PLT-6)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.automation.verbs import RULE_VERBS  # noqa: F401, “Why?” explains them
from leadline.people.permissions import permissions_for

permissions_for(
    "automation",
    _("Rules"),
    "view manage",
    scopes=("all",),
    objects=_("rules"),
    words={
        "view": (_("See"), _("Read the rules and what they did."), _("see %(objects)s")),
        "manage": (
            _("Manage"),
            _("Make and change rules. They act as the house, whatever their maker may do."),
            _("manage %(objects)s"),
        ),
    },
)


def may_see_rules(user: Any) -> bool:
    """Read rules and their log, as far as the records are within reach."""
    return bool(user.is_system or user.may("automation", "view"))


def may_manage_rules(user: Any) -> bool:
    """Make, change, try and switch rules."""
    return bool(user.is_system or user.may("automation", "manage"))
