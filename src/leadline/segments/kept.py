"""Rules of segments ask for fields and other segments, and name records."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.core.conditions.kept import keeps_condition
from leadline.segments.models import Segment

keeps_condition(
    Segment,
    "rule",
    words=ngettext_lazy("%(n)s rule of a segment", "%(n)s rules of segments", "n"),
    one=_("the rule of a segment"),
    force=Q(is_dynamic=True, archived_at=None),
    holds=True,
    address="/segments/{}",
)
