"""Letters go along when customers become one (CUS-23)."""

from django.utils.translation import ngettext_lazy

from leadline.core.merging import Attached, register_attached

LETTERS = ngettext_lazy("%(n)s letter that came in", "%(n)s letters that came in", "n")
register_attached(Attached("customer", "intake.Letter", "customer_id", LETTERS))
