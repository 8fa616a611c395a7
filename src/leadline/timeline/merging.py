"""Activities, notes and promises go along when customers or contacts become one (CUS-23)."""

from django.utils.translation import ngettext_lazy

from leadline.core.merging import Attached, register_attached

ACTIVITIES = ngettext_lazy("%(n)s activity", "%(n)s activities", "n")
NOTES = ngettext_lazy("%(n)s note", "%(n)s notes", "n")
PROMISES = ngettext_lazy("%(n)s promise", "%(n)s promises", "n")


register_attached(Attached("customer", "timeline.Activity", "customer_id", ACTIVITIES, portioned=True))
register_attached(Attached("customer", "timeline.Note", "customer_id", NOTES))
register_attached(Attached("customer", "timeline.Promise", "customer_id", PROMISES))
register_attached(
    Attached("contact", "timeline.Activity", "contact_id", ACTIVITIES, within="customer_id", portioned=True)
)
