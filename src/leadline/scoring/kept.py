"""Rules of scoring ask for fields and segments, and name records."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.core.conditions.kept import keeps_condition
from leadline.scoring.models import ScoreRule

keeps_condition(
    ScoreRule,
    "where",
    words=ngettext_lazy("%(n)s rule of scoring", "%(n)s rules of scoring", "n"),
    one=_("a rule of scoring"),
    over="lead",
    force=Q(retired_at=None),
    address="/leads/score-rules/{}",
)
