"""Who may do what with templates."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.marketing.models import MailTemplate
from leadline.marketing.verbs import TEMPLATE_VERBS
from leadline.people.permissions import FOR_ALL, permissions_for

permissions_for(
    "mail_template",
    _("E-mail templates"),
    "view manage",
    scopes=FOR_ALL,
    objects=_("e-mail templates"),
    words={
        "view": (_("See"), _("Find them and write with them."), _("see %(objects)s")),
        "manage": (_("Manage"), _("Make, change and archive them."), _("manage %(objects)s")),
    },
)


def may_see_templates(user: Any) -> bool:
    """Read templates and what one sent."""
    return bool(user.is_system or user.may("mail_template", "view"))


def may_manage_templates(user: Any) -> bool:
    """Make new ones."""
    return bool(user.is_system or user.may("mail_template", "manage"))


def may_edit_template(user: Any, template: MailTemplate) -> bool:
    """Change name and texts."""
    return TEMPLATE_VERBS["edit"].allows(user, template)
