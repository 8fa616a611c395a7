"""What was found about records that are merged (CUS-23): pairs show only records in use, so they stay."""

from django.utils.translation import gettext_lazy as _

from leadline.core.merging import Attached, register_attached

SHOWN_IN_USE = _("Pairs of archived records are not shown; an undone merge brings them back.")
for _kind in ("customer", "contact"):
    for _model in ("duplicates.Pair", "duplicates.Dismissal"):
        for _column in ("low_id", "high_id"):
            register_attached(Attached(_kind, _model, _column, stays=SHOWN_IN_USE))
