"""Where records were picked for segments goes along when they become one (CUS-23)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leadline.core.formats import number
from leadline.core.merging import Attached, register_attached
from leadline.core.merging.conditions import conditions_in


def _picks(n: int) -> str:
    return ngettext("%(n)s segment picked by hand", "%(n)s segments picked by hand", n) % {"n": number(n)}


def _rules(n: int) -> str:
    return ngettext("%(n)s rule of a segment", "%(n)s rules of segments", n) % {"n": number(n)}


for _kind in ("customer", "contact"):
    register_attached(
        Attached(_kind, "segments.Pick", "record_id", _picks, kind_column="kind", once=("segment_id",))
    )
    register_attached(
        Attached(
            _kind,
            "segments.Member",
            "record_id",
            stays=_("Who is in a segment follows from its rule and from what was picked for it."),
        )
    )
    conditions_in(_kind, "segments.Segment", "rule", _rules)
