"""What the state of an address stands against, and which permission its pages ask for (PPL-5)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.verbs import addressed, managed, verbs_of

ADDRESS_VERBS = verbs_of(
    *managed("mail_in:manage", _("This address is archived; restore it first."), edits=("poll",))
)
addressed("mail-in", "mail_in:view")
