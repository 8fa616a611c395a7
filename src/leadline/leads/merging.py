"""Leads lead to the customer and the contact that they became, also when these are merged (CUS-23)."""

from django.utils.translation import ngettext_lazy

from leadline.core.merging import Attached, register_attached

LEADS = ngettext_lazy("%(n)s lead that became it", "%(n)s leads that became it", "n")

register_attached(Attached("customer", "leads.Lead", "converted_to_id", LEADS))
register_attached(Attached("contact", "leads.Lead", "converted_contact_id", LEADS))
