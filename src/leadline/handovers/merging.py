"""Lines of hand-over sheets go along when customers become one (CUS-23, SIG-10)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leadline.core.formats import number
from leadline.core.merging import Attached, register_attached
from leadline.core.merging.conditions import conditions_in


def _lines(n: int) -> str:
    return ngettext("%(n)s line of a hand-over sheet", "%(n)s lines of hand-over sheets", n) % {
        "n": number(n)
    }


def _handovers(n: int) -> str:
    return ngettext("%(n)s hand-over", "%(n)s hand-overs", n) % {"n": number(n)}


register_attached(
    Attached(
        "customer",
        "handovers.SheetLine",
        "record_id",
        _lines,
        kind_column="kind",
        once=("sheet_id",),
    )
)
register_attached(
    Attached("contact", "handovers.SheetLine", "record_id", stays=_("Only what has an owner is handed over."))
)
conditions_in("customer", "handovers.Handover", "parts", _handovers, over="customer")
