"""What was sent goes along when records become one (CUS-23)."""

from django.utils.translation import ngettext_lazy

from leadline.core.merging import Attached, register_attached

SENDINGS = ngettext_lazy("%(n)s e-mail sent", "%(n)s e-mails sent", "n")

for _kind in ("customer", "contact"):
    register_attached(Attached(_kind, "marketing.Sending", "record_id", SENDINGS, kind_column="kind"))
