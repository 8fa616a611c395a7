"""What core itself keeps about records, and what keeps conditions, when records are merged."""

from django.utils.translation import gettext_lazy as _

from leadline.core.conditions.kept import kept_conditions
from leadline.core.merging.attached import ANY, Attached, register_attached
from leadline.core.merging.conditions import follow_merges

NEVER_CHANGED = _("What was written down is never changed; it is read together with the survivor's.")

for _kept in kept_conditions():
    follow_merges(_kept)
for _model, _column, _why in (
    ("core.HistoryEntry", "record_id", NEVER_CHANGED),
    ("core.HistoryEntry", "about_id", NEVER_CHANGED),
    ("core.EventSubject", "subject_id", NEVER_CHANGED),
    ("core.SearchDocument", "object_id", _("Made anew from the records.")),
):
    register_attached(Attached(ANY, _model, _column, stays=_why))
