"""Who may say how leads are scored: whoever manages the settings. Who sees a lead sees its reasons."""

from typing import Any

from django.utils.translation import gettext_lazy as _

NOT_YOURS = _("Your role does not manage the settings. An administrator can help.")


def may_manage_scoring(user: Any) -> bool:
    """Change rules, learn, and choose what scores come from."""
    return bool(user.is_system or user.may("settings", "manage"))
