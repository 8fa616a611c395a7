"""Who may make and change custom fields."""

from typing import Any

from django.utils.translation import gettext_lazy as _

WHO_CAN_HELP = _("An administrator can do this.")


def may_manage_fields(user: Any) -> bool:
    """Whether a role lets somebody make, change and archive custom fields; who may, sees all of them."""
    return bool(user.is_system or user.may("field", "manage"))
