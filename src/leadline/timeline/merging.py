"""Activities, notes and promises go along when customers or contacts become one (CUS-23)."""

from django.utils.translation import ngettext

from leadline.core.formats import number
from leadline.core.merging import Attached, register_attached


def _activities(n: int) -> str:
    return ngettext("%(n)s activity", "%(n)s activities", n) % {"n": number(n)}


def _notes(n: int) -> str:
    return ngettext("%(n)s note", "%(n)s notes", n) % {"n": number(n)}


def _promises(n: int) -> str:
    return ngettext("%(n)s promise", "%(n)s promises", n) % {"n": number(n)}


register_attached(Attached("customer", "timeline.Activity", "customer_id", _activities, portioned=True))
register_attached(Attached("customer", "timeline.Note", "customer_id", _notes))
register_attached(Attached("customer", "timeline.Promise", "customer_id", _promises))
register_attached(
    Attached("contact", "timeline.Activity", "contact_id", _activities, within="customer_id", portioned=True)
)
