"""Procedures go along when customers become one (CUS-23)."""

from django.utils.translation import ngettext_lazy

from leadline.core.merging import Attached, register_attached

PROCEDURES = ngettext_lazy("%(n)s compliance procedure", "%(n)s compliance procedures", "n")
register_attached(Attached("customer", "compliance.Procedure", "customer_id", PROCEDURES))
