"""What a form's state stands against, and which permission its pages ask for (PPL-5)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.verbs import addressed, managed, verbs_of

FORM_VERBS = verbs_of(
    *managed("web_form:manage", _("This form is archived; restore it first."), edits=("switch",))
)
addressed("web-forms", "web_form:view")
