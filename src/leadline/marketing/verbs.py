"""What a template's state stands against, and which permission its pages ask for (PPL-5)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.verbs import Hindrance, Verb, addressed, verbs_of

ARCHIVED = Hindrance(
    "archived",
    _("This template is archived; restore it first."),
    lambda template: template.is_archived,
    _("Restore"),
    "mail_template:manage",
)
NOT_ARCHIVED = Hindrance(
    "not_archived", _("It is not archived."), lambda template: not template.is_archived, idle=True
)


def _manages(user: Any, template: Any) -> bool:
    return bool(user.is_system or user.may("mail_template", "manage"))


TEMPLATE_VERBS = verbs_of(
    Verb("edit", _("Edit"), "mail_template:manage", _manages, (ARCHIVED,)),
    Verb("archive", _("Archive"), "mail_template:manage", _manages, (ARCHIVED,)),
    Verb("restore", _("Restore"), "mail_template:manage", _manages, (NOT_ARCHIVED,)),
)
addressed("mail-templates sent-mail", "mail_template:view")
