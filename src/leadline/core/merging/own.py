"""What core itself keeps about records, when they are merged."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leadline.core.formats import number
from leadline.core.merging.attached import Attached, register_attached
from leadline.core.merging.conditions import conditions_in

NEVER_CHANGED = _("What was written down is never changed; it is read together with the survivor's.")


def _views(n: int) -> str:
    return ngettext("%(n)s saved view", "%(n)s saved views", n) % {"n": number(n)}


for _kind in ("customer", "contact"):
    conditions_in(_kind, "core.SavedView", "where", _views)
    for _model, _column, _why in (
        ("core.HistoryEntry", "record_id", NEVER_CHANGED),
        ("core.HistoryEntry", "about_id", NEVER_CHANGED),
        ("core.EventSubject", "subject_id", NEVER_CHANGED),
        ("core.SearchDocument", "object_id", _("Made anew from the records.")),
    ):
        register_attached(Attached(_kind, _model, _column, stays=_why))
