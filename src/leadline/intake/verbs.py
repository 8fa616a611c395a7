"""What the state of an address stands against, and which permission its pages ask for (PPL-5)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.verbs import Hindrance, Verb, addressed, verbs_of

ARCHIVED = Hindrance(
    "archived",
    _("This address is archived; restore it first."),
    lambda address: address.is_archived,
    _("Restore"),
    "mail_in:manage",
)
NOT_ARCHIVED = Hindrance(
    "not_archived", _("It is not archived."), lambda address: not address.is_archived, idle=True
)


def _manages(user: Any, address: Any) -> bool:
    return bool(user.is_system or user.may("mail_in", "manage"))


ADDRESS_VERBS = verbs_of(
    Verb("edit", _("Edit"), "mail_in:manage", _manages, (ARCHIVED,), ("poll",)),
    Verb("archive", _("Archive"), "mail_in:manage", _manages, (ARCHIVED,)),
    Verb("restore", _("Restore"), "mail_in:manage", _manages, (NOT_ARCHIVED,)),
)
addressed("mail-in", "mail_in:view")
