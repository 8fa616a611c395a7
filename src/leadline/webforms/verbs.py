"""What a form's state stands against, and which permission its pages ask for (PPL-5)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.verbs import Hindrance, Verb, addressed, verbs_of

ARCHIVED = Hindrance(
    "archived",
    _("This form is archived; restore it first."),
    lambda form: form.is_archived,
    _("Restore"),
    "web_form:manage",
)
NOT_ARCHIVED = Hindrance(
    "not_archived", _("It is not archived."), lambda form: not form.is_archived, idle=True
)


def _manages(user: Any, form: Any) -> bool:
    return bool(user.is_system or user.may("web_form", "manage"))


FORM_VERBS = verbs_of(
    Verb("edit", _("Edit"), "web_form:manage", _manages, (ARCHIVED,), ("switch",)),
    Verb("archive", _("Archive"), "web_form:manage", _manages, (ARCHIVED,)),
    Verb("restore", _("Restore"), "web_form:manage", _manages, (NOT_ARCHIVED,)),
)
addressed("web-forms", "web_form:view")
