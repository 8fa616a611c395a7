"""What a planned hand-over selects asks for fields and segments, and names records."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.core.conditions.kept import keeps_condition
from leadline.handovers.models import Handover

keeps_condition(
    Handover,
    "parts",
    over="customer",
    words=ngettext_lazy("%(n)s hand-over", "%(n)s hand-overs", "n"),
    one=_("a planned hand-over"),
    force=Q(state=Handover.State.PLANNED),
    holds=True,
)
