"""What a template's state stands against, and which permission its pages ask for (PPL-5)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.verbs import addressed, managed, verbs_of

TEMPLATE_VERBS = verbs_of(*managed("mail_template:manage", _("This template is archived; restore it first.")))
addressed("mail-templates sent-mail", "mail_template:view")
