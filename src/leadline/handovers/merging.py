"""Lines of hand-over sheets go along when customers become one (CUS-23, SIG-10)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.core.merging import Attached, register_attached

LINES = ngettext_lazy("%(n)s line of a hand-over sheet", "%(n)s lines of hand-over sheets", "n")


register_attached(
    Attached(
        "customer",
        "handovers.SheetLine",
        "record_id",
        LINES,
        kind_column="kind",
        once=("sheet_id",),
    )
)
register_attached(
    Attached("contact", "handovers.SheetLine", "record_id", stays=_("Only what has an owner is handed over."))
)
