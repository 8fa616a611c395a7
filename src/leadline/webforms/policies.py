"""Who may do what with web forms."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.people.permissions import FOR_ALL, permissions_for
from leadline.webforms.models import WebForm
from leadline.webforms.verbs import FORM_VERBS

permissions_for(
    "web_form",
    _("Web forms"),
    "view manage",
    scopes=FOR_ALL,
    objects=_("web forms"),
    words={
        "view": (_("See"), _("Find them, and how often each was seen and sent."), _("see %(objects)s")),
        "manage": (
            _("Manage"),
            _("Make, change and switch them, read what was sent, release what was held back."),
            _("manage %(objects)s"),
        ),
    },
)
NOT_YOURS = _("Your role does not manage web forms. A marketing manager or an administrator can help.")


def may_see_forms(user: Any) -> bool:
    """Read which forms there are, and their counts."""
    return bool(user.is_system or user.may("web_form", "view"))


def may_manage_forms(user: Any) -> bool:
    """Make forms, and decide what was held."""
    return bool(user.is_system or user.may("web_form", "manage"))


def may(user: Any, verb: str, form: WebForm) -> bool:
    """Whether the person may do a verb with this form now."""
    return FORM_VERBS[verb].allows(user, form)
